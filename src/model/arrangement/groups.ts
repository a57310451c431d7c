// Grouped rows: one row for all processes with the same name, user or cgroup, and its members below it when opened.

import { clean } from '../../text/clean.ts';
import { cgroupName } from '../cgroup/name.ts';
import { groupNote } from '../cgroup/note.ts';
import type { Moment } from '../columns/column.ts';
import { Label } from '../rows/label.ts';
import { keyOf } from '../rows/members.ts';
import type { Branch, Group, Grouping, Row } from '../rows/row.ts';
import { common, sumRow } from '../rows/sum-row.ts';
import type { MemoryGroup } from '../snapshot/cgroup-memory.ts';
import type { Identity } from '../snapshot/snapshot.ts';
import { type Order, sort } from './select-and-sort.ts';

export interface GroupStyle {
  readonly by: Grouping;
  readonly order: Order;
  readonly moment: Moment;
  /** Keys of the groups whose members are shown; undefined where none can be opened. */
  readonly opened: ReadonlySet<string> | undefined;
  /** Memory of the cgroups, where known. */
  readonly memory?: readonly MemoryGroup[] | undefined;
}

/** Shown as the user of a group with several users. */
const SEVERAL = 'several';

/** A row for each group, sorted, with the members of opened groups below it, sorted alike. */
export function groupsOf(selected: readonly Row[], { by, order, moment, opened, memory }: GroupStyle): Row[] {
  const gatheredRows = gathered(selected, by).map((group) => groupRow(by === 'cgroup' ? noted(group, memory) : group));
  const groups = sort(gatheredRows, order, moment);
  if (opened === undefined) return groups;
  return groups.flatMap((row) => {
    const isOpen = opened.has(keyOf(row));
    const members = row.group?.members ?? [];
    const tree = branchOf(members, row.process.rss, isOpen);
    return [{ ...row, tree }, ...(isOpen ? memberRows(sort(members, order, moment), tree) : [])];
  });
}

function gathered(rows: readonly Row[], by: Grouping): Group<Row>[] {
  const groups = new Map<string, Group<Row> & { members: Row[] }>();
  const named = new Map<string | undefined, { key: string; title: string }>();
  for (const row of rows) {
    const raw = rawOf(row, by);
    let name = named.get(raw);
    if (name === undefined) {
      name = nameOf(raw, by);
      named.set(raw, name);
    }
    const group = groups.get(name.key);
    if (group === undefined) groups.set(name.key, { by, ...name, members: [row] });
    else group.members.push(row);
  }
  return [...groups.values()];
}

function rawOf({ process, label }: Row, by: Grouping): string | undefined {
  if (by === 'name') return label.name;
  return by === 'cgroup' ? process.cgroup : process.who.user;
}

function nameOf(raw: string | undefined, by: Grouping): { key: string; title: string } {
  if (raw === undefined) return { key: '', title: `${by} unknown` };
  if (by === 'cgroup') {
    const { path, title } = cgroupName(raw);
    return { key: path, title: clean(title) };
  }
  const title = clean(raw);
  return { key: raw, title: title === '' ? '?' : title };
}

/** The group with the memory of the first of its members' cgroups whose memory is known. */
function noted(group: Group<Row>, memory: readonly MemoryGroup[] = []): Group<Row> {
  const paths = new Set(group.members.map(({ process }) => process.cgroup));
  const known = memory.find(({ path }) => path === group.key) ?? memory.find(({ path }) => paths.has(path));
  const note = known === undefined ? undefined : groupNote(known, paths.size === 1);
  return note === undefined ? group : { ...group, note };
}

function groupRow(group: Group<Row>): Row {
  const { members, title } = group;
  const names = common(members, ({ label }) => label.name);
  const startedAt = earliest(members.map(({ process: { who } }) => who.startedAt));
  const startedAfter = earliest(members.map(({ process: { who } }) => who.startedAfter));
  const who: Identity = {
    pid: 0,
    ppid: 0,
    startTime: 0,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(startedAfter === undefined ? {} : { startedAfter }),
    name: names ?? '',
    command: title,
    user: common(members, ({ process }) => process.who.user) ?? SEVERAL,
    kernel: members.every(({ process }) => process.who.kernel),
  };
  return { ...sumRow(members, new Label(who)), group };
}

/** The lowest known value. */
function earliest(starts: readonly (number | undefined)[]): number | undefined {
  const known = starts.filter((start) => start !== undefined);
  return known.length === 0 ? undefined : known.reduce((one, other) => Math.min(one, other));
}

function branchOf(members: readonly Row[], rss: number, isOpen: boolean): Branch<Row> {
  const total = { count: members.length, rss };
  return { above: undefined, depth: 0, isLast: false, hasChildren: true, isFolded: !isOpen, isContext: false, total };
}

function memberRows(members: readonly Row[], above: Branch<Row>): Row[] {
  return members.map((row, index) => ({
    ...row,
    isMember: true,
    tree: {
      above,
      depth: 1,
      isLast: index === members.length - 1,
      hasChildren: false,
      isFolded: false,
      isContext: false,
      total: { count: 1, rss: row.process.rss },
    },
  }));
}
