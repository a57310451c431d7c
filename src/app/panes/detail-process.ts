// The identity and limits of a process: parents, state, cgroup, OOM score, resource limits.

import { ageOf } from '../../model/rows/age.ts';
import type { Row } from '../../model/rows/row.ts';
import { type Details, type Limit, type LimitName, PROCESS_LIMITS } from '../../model/snapshot/details.ts';
import { stateInWords } from '../../model/snapshot/process-state.ts';
import { formatAge, formatClock, formatSize } from '../../text/format.ts';
import type { DetailPane, PaneSource } from '../state/pane.ts';
import { groupFacts } from './detail-group.ts';
import type { Fact, FactGroup } from './fact-lines.ts';

/** The most ancestors that are named. */
const MOST_PARENTS = 12;
const DAY = 86_400_000;

/** Why something is unknown. */
const WHY = {
  denied: 'permission denied: only its user and root can read it',
  gone: 'process exited',
  unsupported: 'not available on this system',
  malformed: 'malformed',
  late: 'no answer yet',
  'too-many-files': 'too many open files',
  failed: 'the kernel reported an error',
} as const;

/** Its identity, as far as it is known. */
export function processFacts(pane: DetailPane, source: PaneSource): FactGroup {
  const { process, label } = pane.row;
  const { who } = process;
  const facts: Fact[] = [['state', stateInWords(process.state)]];
  if (label.user !== '') facts.push(['user', label.user]);
  const age = ageOf(who, pane.seen);
  if (age !== undefined) {
    const clock = age > DAY || who.startedAt === undefined ? '' : `at ${formatClock(who.startedAt)}, `;
    facts.push(['started', `${clock}${formatAge(age)} ago`]);
  }
  facts.push([
    'parents',
    parentsOf(pane.row, source).map(named).join(' < ') || `${who.ppid === 0 ? 'none' : who.ppid}`,
  ]);
  if (process.threads !== undefined) facts.push(['threads', String(process.threads)]);
  facts.push(...kernelFacts(pane, source));
  return { heading: 'Process', facts };
}

/** Facts that only Linux has; one line that explains it while they are missing. */
function kernelFacts(pane: DetailPane, source: PaneSource): Fact[] {
  const { details } = pane;
  const { view } = source;
  if (details === undefined) {
    const isLinux = view?.snapshot.host.platform === 'linux';
    return [['more', isLinux ? 'available after the next sample' : WHY.unsupported]];
  }
  const { gaps } = details;
  const orWhy = (text: string | undefined, file: string) => text ?? WHY[gaps[file] ?? 'unsupported'];
  const score = details.oomScore === undefined ? undefined : `${details.oomScore}${adjusted(details)}`;
  return [
    ['open files', orWhy(details.descriptors === undefined ? undefined : descriptorsOf(details), 'fd')],
    ['cgroup', orWhy(details.cgroup?.trim().split('\n').join(', '), 'cgroup')],
    ...groupFacts(pane, source),
    ['OOM score', orWhy(score, 'oom_score')],
  ];
}

function descriptorsOf({ descriptors, limits }: Details): string {
  const soft = limits['open files']?.soft;
  return soft === undefined ? String(descriptors) : `${descriptors} of ${soft}`;
}

function adjusted({ oomAdjustment: adjustment }: Details): string {
  const who = ' (highest is killed first)';
  if (adjustment === undefined || adjustment === 0) return who;
  return adjustment === -1000 ? ' (protected: never killed)' : `, adjusted by ${adjustment}${who}`;
}

/** The parent, its parent and so on. A parent that is younger than its child is a reused PID. */
function parentsOf(row: Row, { view }: PaneSource): Row[] {
  const parents: Row[] = [];
  let child = row;
  while (parents.length < MOST_PARENTS && child.process.who.ppid !== 0) {
    const { ppid, startTime } = child.process.who;
    const parent = view?.rows.find(({ process }) => process.who.pid === ppid);
    if (parent === undefined || parent === child || parent.process.who.startTime > startTime) break;
    parents.push(parent);
    child = parent;
  }
  return parents;
}

function named({ label, process }: Row): string {
  return `${label.name} (${process.who.pid})`;
}

/** The limits that are in force, and how much of each is used where that is known. */
export function limitFacts(pane: DetailPane): FactGroup {
  const { details } = pane;
  if (details === undefined) return { heading: 'Limits', facts: [] };
  const why = details.gaps['limits'];
  const facts = PROCESS_LIMITS.flatMap((name): Fact[] => {
    const limit = details.limits[name];
    return limit === undefined ? [] : [[name, limitText(name, limit, usedOf(name, pane))]];
  });
  return { heading: 'Limits', facts: facts.length === 0 && why !== undefined ? [['', WHY[why]]] : facts };
}

function usedOf(name: LimitName, { row, details }: DetailPane): number | undefined {
  const used: Partial<Record<LimitName, number | undefined>> = {
    'address space': row.process.virtual,
    'data size': details?.memory.data,
    'stack size': details?.memory.stack,
    'locked memory': details?.memory.locked,
    'open files': details?.descriptors,
  };
  return used[name];
}

function limitText(name: LimitName, { soft, hard }: Limit, used: number | undefined): string {
  const isCount = name === 'open files' || name === 'processes';
  const text = (value: number | 'unlimited') =>
    value === 'unlimited' ? value : isCount ? String(value) : formatSize(value);
  const now = used === undefined ? text(soft) : `${isCount ? used : formatSize(used)} of ${text(soft)}`;
  return soft === hard ? now : `${now}; can be raised to ${text(hard)}`;
}
