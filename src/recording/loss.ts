// What is missing from a recording, what is not verified, and where its clock was set back.
import { formatInterval } from '../text/format.ts';
import { counted } from '../text/plural.ts';
import type { RecordedPart } from './recorded-part.ts';

/** What is missing from a recording, or not verified, in the parts read so far. */
export interface Loss {
  /** One sentence for each file with damaged parts. */
  readonly damage: readonly string[];
  /** The last part has no checksum: the recorder was killed or is still running. */
  readonly hasUnverifiedTail: boolean;
  /** One sentence for each time the clock of the machine was set back. */
  readonly clock: readonly string[];
}

/** Damaged data between two samples that are good; undefined at the begin or end. Milliseconds since the epoch. */
interface Gap {
  readonly since: number | undefined;
  until: number | undefined;
}

/** Gaps and clocks that a sentence names. */
const MOST = 5;

/** Collects the losses while a recording is read, in order or again from another part. */
export class Losses {
  readonly #gaps = new Map<RecordedPart, Gap>();
  readonly #clocks = new Map<number, string>();
  #open: Gap | undefined;
  #hasUnverifiedTail = false;

  /** Reading begins at some part: a gap that was not over stays open. */
  begin(): void {
    this.#open = undefined;
  }

  /** A part, or what follows it, is damaged. `since` is the time of the sample before, undefined when there is none. */
  damaged(part: RecordedPart, since: number | undefined): void {
    this.#open ??= { since, until: undefined };
    const known = this.#gaps.get(part);
    // Read from further ahead, less is known of what was before it.
    if (known === undefined || known.since === undefined) this.#gaps.set(part, this.#open);
  }

  /** A sample is good. */
  good(time: number): void {
    if (this.#open !== undefined) this.#open.until = time;
    this.#open = undefined;
  }

  unverified(): void {
    this.#hasUnverifiedTail = true;
  }

  /** The clock was set back between two samples. */
  setBack(before: number, time: number, monotonic: number): void {
    const by = formatInterval(Math.max(1000, Math.round((before - time) / 1000) * 1000));
    this.#clocks.set(monotonic, `The clock was set back by ${by} after ${stamp(before)}.`);
  }

  get loss(): Loss {
    const paths = [...new Set([...this.#gaps.keys()].map(({ path }) => path))];
    const clocks = [...this.#clocks.values()];
    const more = clocks.length - MOST;
    return {
      damage: paths.map((path) => this.#damageIn(path)),
      hasUnverifiedTail: this.#hasUnverifiedTail,
      clock: [...clocks.slice(0, MOST), ...(more > 0 ? [`The clock was set back ${counted(more, 'more time')}.`] : [])],
    };
  }

  #damageIn(path: string): string {
    const gaps = [...this.#gaps].filter(([part]) => part.path === path).map(([, gap]) => gap);
    const count = gaps.length;
    const spans = [...new Set(gaps)].map(spanOf);
    const named = spans.length > MOST ? [...spans.slice(0, MOST), 'and others'] : spans;
    return `${path}: ${count} damaged ${count === 1 ? 'part is' : 'parts are'} left out (${named.join(', ')}).`;
  }
}

function spanOf({ since, until }: Gap): string {
  if (since === undefined) return until === undefined ? 'all that was read' : `before ${stamp(until)}`;
  return until === undefined ? `after ${stamp(since)}` : `between ${stamp(since)} and ${stamp(until)}`;
}

/** Day and time in the local time zone. */
function stamp(time: number): string {
  return new Date(time).toLocaleString('sv');
}

/** The sentences, and whether something was damaged: a tail that is not verified is normal while a recorder runs. */
export function lossWarnings({ damage, hasUnverifiedTail, clock }: Loss, path: string) {
  const tail = `${path}: unverified tail: it ends early, so its last part has no checksum.`;
  return { warnings: [...damage, ...(hasUnverifiedTail ? [tail] : []), ...clock], isDamaged: damage.length > 0 };
}
