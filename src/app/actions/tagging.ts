// Tagging: its keys, and tagged processes that exit.
import { membersOf } from '../../model/rows/members.ts';
import type { Row } from '../../model/rows/row.ts';
import { counted } from '../../text/plural.ts';
import { isSame, type Target, targetOf } from '../state/collects.ts';
import type { State, View } from '../state/state.ts';
import { isTagged } from '../state/tags.ts';
import { moved } from './moving.ts';

/** The newest rows of the tagged processes, or those of the moment shown, in the order of tagging. Also of those that the table does not show. */
export function taggedRows({ tags, latest, view, past }: Pick<State, 'tags' | 'latest' | 'view' | 'past'>): Row[] {
  if (tags.size === 0) return [];
  const rows = ((past === undefined ? latest : view)?.rows ?? []).filter(({ process }) => isTagged(tags, process.who));
  const order = new Map([...tags.keys()].map((pid, index) => [pid, index]));
  const placeOf = ({ process }: Row) => order.get(process.who.pid) ?? 0;
  return rows.sort((one, other) => placeOf(one) - placeOf(other));
}

/** Space: tags what the selected row stands for, or untags it when all of it is tagged; the next line is selected. */
export function toggledTag(state: State): State {
  const row = state.shown[state.cursor];
  if (row === undefined) return state;
  const members = membersOf(row);
  const tags = new Map(state.tags);
  const isWhole = members.every(({ process }) => isTagged(tags, process.who));
  for (const member of members) {
    if (isWhole) tags.delete(member.process.who.pid);
    else tags.set(member.process.who.pid, targetOf(member));
  }
  return moved({ ...state, tags }, 1);
}

/** `U`: removes all tags. */
export function untagged(state: State): State {
  if (state.tags.size === 0) return { ...state, notice: 'Nothing is tagged: Space tags the selected process' };
  return { ...state, tags: new Map(), notice: `${counted(state.tags.size, 'process', 'processes')} untagged` };
}

/** `\`: tags all that filter, user or --pid leave in the table; what is tagged already stays so. */
export function tagsOfFiltered(state: State): State {
  if (state.filter === '' && state.user === undefined && state.pids === undefined) {
    return { ...state, notice: 'No filter set: press / to filter, then \\ to tag what is shown' };
  }
  const tags = new Map(state.tags);
  const matching = state.shown.filter(({ tree }) => tree?.isContext !== true || tree.isFolded);
  for (const row of matching.flatMap(membersOf)) tags.set(row.process.who.pid, targetOf(row));
  const added = tags.size - state.tags.size;
  return {
    ...state,
    tags,
    notice: `${counted(added, 'process', 'processes')} tagged${added < tags.size ? `, ${tags.size} in all` : ''}`,
  };
}

/** The state without the tags of processes that are gone from the newest sample, with a notice; `told` were reported already. */
export function withoutEnded(state: State, { rows }: View, reported: readonly Target[]): State {
  if (state.tags.size === 0) return state;
  const alive = new Set<number>();
  for (const { process } of rows) if (isTagged(state.tags, process.who)) alive.add(process.who.pid);
  if (alive.size === state.tags.size) return state;
  const ended = [...state.tags.values()].filter(({ pid }) => !alive.has(pid));
  const tags = new Map([...state.tags].filter(([pid]) => alive.has(pid)));
  const news = ended.filter((one) => !reported.some((other) => isSame(one, other)));
  const [first] = news;
  if (first === undefined) return { ...state, tags };
  const who = news.length === 1 ? `${first.name} (${first.pid}) has` : `${news.length} tagged processes have`;
  return { ...state, tags, notice: `${who} exited: ${news.length === 1 ? 'tag' : 'tags'} removed` };
}
