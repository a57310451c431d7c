// The containers that existed when the watch began, with their sizes since: as weak references, so that none is retained.
import { type ContainerKind, entriesOf, kindOf } from './sizes.ts';

/** Maximum number of containers followed. If there are more, those with the fewest entries are left out. */
const MOST_FOLLOWED = 20_000;
/** Sizes by powers of two. */
const STEPS = 40;
/** Entries a container must have gained. */
const LEAST_GROWTH = 10;

interface Followed {
  readonly object: WeakRef<object>;
  readonly kind: ContainerKind;
  readonly first: number;
  /** The largest size until now. */
  most: number;
  /** How often it had more entries than at any time before, and how often it was smaller. */
  rises: number;
  falls: number;
}

/** A container that has grown; the object itself is held only until the answer is ready. */
export interface Grown {
  readonly object: object;
  readonly kind: ContainerKind;
  readonly entries: number;
  readonly grown: number;
}

export class KnownContainers {
  readonly #followed: Followed[] = [];
  readonly #least: number;

  /** Follows the largest containers among all objects. */
  constructor(objects: readonly object[]) {
    this.#least = leastFollowed(objects);
    this.add(objects);
  }

  /** Follows those of some objects, as far as they are large enough: no object twice. */
  add(objects: readonly object[]): void {
    // Node lists every module of its own that is loaded, those for the agent's work among them.
    const { moduleLoadList: ours } = process as { moduleLoadList?: unknown };
    for (const object of objects) {
      const kind = object === ours ? undefined : kindOf(object);
      if (kind === undefined) continue;
      const size = entriesOf(object, kind);
      if (size >= this.#least && this.#followed.length < MOST_FOLLOWED) this.#follow(object, kind, size);
    }
  }

  /** Reads all sizes. Containers that the program released are forgotten. */
  measure(): void {
    let retained = 0;
    for (const followed of this.#followed) {
      const object = followed.object.deref();
      if (object === undefined) continue;
      this.#followed[retained++] = followed;
      const size = entriesOf(object, followed.kind);
      if (size > followed.most) followed.rises += 1;
      else if (size < followed.most) followed.falls += 1;
      followed.most = Math.max(followed.most, size);
    }
    this.#followed.length = retained;
  }

  /** Those that have grown, the most first; what was emptied on the way, as queues are, is left out. */
  grown(most: number): Grown[] {
    return this.#followed
      .flatMap((followed): Grown[] => {
        const object = followed.object.deref();
        if (object === undefined || followed.falls > followed.rises) return [];
        const entries = entriesOf(object, followed.kind);
        const grown = entries - followed.first;
        return grown < LEAST_GROWTH ? [] : [{ object, kind: followed.kind, entries, grown }];
      })
      .sort((a, b) => b.grown - a.grown)
      .slice(0, most);
  }

  #follow(object: object, kind: ContainerKind, size: number): void {
    this.#followed.push({ object: new WeakRef(object), kind, first: size, most: size, rises: 0, falls: 0 });
  }
}

/** The least size that leaves no more than may be followed. */
function leastFollowed(objects: readonly object[]): number {
  const counts = new Array<number>(STEPS).fill(0);
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind === undefined) continue;
    const step = Math.min(STEPS - 1, Math.ceil(Math.log2(entriesOf(object, kind) + 1)));
    counts[step] = (counts[step] ?? 0) + 1;
  }
  let sum = 0;
  for (let step = STEPS - 1; step >= 0; step -= 1) {
    sum += counts[step] ?? 0;
    // A step holds the sizes from 2^(step − 1) on.
    if (sum > MOST_FOLLOWED) return 2 ** step;
  }
  return 0;
}
