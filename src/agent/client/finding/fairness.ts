// Which of many sockets are looked at, and in which order: no user can make the others wait, however many they plant.

/** Something and the user whose file it is; undefined where there is no file. */
export interface Owned<One> {
  readonly one: One;
  readonly owner: number | undefined;
}

export interface Candidates<One> {
  /** One of each owner in turn. */
  readonly chosen: readonly One[];
  /** Owners who have more than are looked at, with the first that is left out. */
  readonly crowded: readonly { readonly owner: number | undefined; readonly first: One }[];
}

/** Sockets looked at for one owner: more than a user has programs with agents. */
export const MOST_BY_OWNER = 2048;

/** Takes as many of each owner as are looked at, and puts them in turn. */
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
    for (const queue of queues) if (turn < queue.length) chosen.push(queue[turn] as One);
  }
  return { chosen, crowded };
}

/** Why those that are left out are not looked at, a sentence's end. */
export function crowdedBy(owner: number | undefined, most = MOST_BY_OWNER): string {
  const whose = owner === undefined ? 'whose files are gone' : `of the user with uid ${owner}`;
  return `there are more than ${most} sockets ${whose}, and this and others are left out`;
}
