// What the list panes offer: columns to sort by, users to show.
import { COLUMNS } from '../../model/columns/columns.ts';
import { formatSize } from '../../text/format.ts';
import { counted } from '../../text/plural.ts';
import type { State } from '../state/state.ts';

export interface Choice {
  /** The value of the choice; undefined for "all". */
  readonly value: string | undefined;
  readonly title: string;
  readonly meaning: string;
}

/** The entries of a list pane, in their order. */
export function choicesOf(state: State, what: 'sort' | 'user'): Choice[] {
  return what === 'sort' ? columnChoices() : userChoices(state);
}

function columnChoices(): Choice[] {
  return COLUMNS.map(({ id, title, meaning }) => ({ value: id, title, meaning }));
}

/** All users with a process, the largest first. */
function userChoices(state: State): Choice[] {
  const users = new Map<string, { count: number; rss: number }>();
  for (const { process, label } of state.view?.rows ?? []) {
    if (process.who.kernel && !state.kernel) continue;
    const sum = users.get(label.user) ?? { count: 0, rss: 0 };
    users.set(label.user, { count: sum.count + 1, rss: sum.rss + process.rss });
  }
  const listed = [...users].sort(([, one], [, other]) => other.rss - one.rss);
  const everyUser = { value: undefined, title: 'all users', meaning: '' };
  return [
    everyUser,
    ...listed.map(([user, { count, rss }]) => ({
      value: user,
      title: user === '' ? '?' : user,
      meaning: `${counted(count, 'process', 'processes')}, ${formatSize(rss)}`,
    })),
  ];
}
