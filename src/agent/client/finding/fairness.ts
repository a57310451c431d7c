// Which of many sockets are checked, and in which order: no user can delay others by planting sockets.
import { existing } from '../../../numbers/existing.ts';

/** Something and the user whose file it is; undefined where there is no file. */
export interface Owned<One> {
  readonly one: One;
  readonly owner: number | undefined;
}

export interface Candidates<One> {
  /** One of each owner in turn. */
  readonly chosen: readonly One[];
  /** Owners with too many sockets, with the first one that is skipped. */
  readonly crowded: readonly { readonly owner: number | undefined; readonly first: One }[];
}

/** Maximum number of sockets checked per owner: more than a user has programs with agents. */
export const MOST_BY_OWNER = 2048;

/** Takes the maximum of each owner and interleaves them. */
export function chooseFairly<One>(all: readonly Owned<One>[], most = MOST_BY_OWNER): Candidates<One> {
  const byOwner = new Map<number | undefined, One[]>();
  const crowded: { owner: number | undefined; first: One }[] = [];
  for (const { one, owner } of all) {
    const others = byOwner.get(owner);
    if (others === undefined) byOwner.set(owner, [one]);
    else if (others.length < most) others.push(one);
    else if (!crowded.some((known) => known.owner === owner)) crowded.push({ owner, first: one });
  }
  const queues = [...byOwner.values()];
  const longest = queues.reduce((length, queue) => Math.max(length, queue.length), 0);
  const chosen: One[] = [];
  for (let turn = 0; turn < longest; turn += 1) {
    for (const queue of queues) if (turn < queue.length) chosen.push(existing(queue[turn]));
  }
  return { chosen, crowded };
}

/** Why the others are skipped, the end of a sentence. */
export function crowdedBy(owner: number | undefined, most = MOST_BY_OWNER): string {
  const whose = owner === undefined ? 'without files' : `of the user with uid ${owner}`;
  return `there are more than ${most} sockets ${whose}; this one is skipped`;
}
