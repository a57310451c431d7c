// Queries to the terminal: the colour of its background, and whether the answer has arrived.
import type { Asker } from './keys.ts';
import { type Reply, type ReportedColour, readColour } from './replies.ts';
import { ASK_ATTRIBUTES, ASK_BACKGROUND } from './sequences.ts';

/** Milliseconds after which a terminal that has not answered is taken for one that never does. */
const ANSWER_WITHIN = 3000;
/** Milliseconds that giving the terminal back waits for an answer, which would be typed into the shell. */
const LEAVE_WITHIN = 150;

/** One query at a time. The attributes are requested last: when they have arrived, no other answer is pending. */
export class Inquiry implements Asker {
  readonly #now: () => number;
  readonly #found: (colour: ReportedColour) => void;
  #requestedAt = 0;
  /** How many answers have not come. */
  #missing = 0;
  #wantsColour = false;
  #release = () => {};

  /**
   * @param now a clock in milliseconds that never jumps
   * @param found is given the colour of the background, at most once per query
   */
  constructor(now: () => number, found: (colour: ReportedColour) => void) {
    this.#now = now;
    this.#found = found;
  }

  /** The bytes of the query. */
  begin(): string {
    this.#missing = this.isWaiting ? this.#missing + 1 : 1;
    this.#requestedAt = this.#now();
    this.#wantsColour = true;
    return ASK_BACKGROUND + ASK_ATTRIBUTES;
  }

  /** Whether bytes of an answer may still come. */
  get isWaiting(): boolean {
    return this.#missing > 0 && this.#now() - this.#requestedAt < ANSWER_WITHIN;
  }

  heard(reply: Reply): void {
    if (reply.what === 'attributes') {
      this.#missing = Math.max(0, this.#missing - 1);
      if (this.#missing === 0) this.end();
      return;
    }
    const colour = readColour(reply.colour);
    if (colour === undefined || !this.#wantsColour) return;
    this.#wantsColour = false;
    this.#found(colour);
  }

  /** No answer is awaited any more. */
  end(): void {
    this.#missing = 0;
    this.#release();
  }

  /** Settles when the answer has come, at once where none is awaited, and after 150 ms in any case. */
  async settled(): Promise<void> {
    if (!this.isWaiting) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LEAVE_WITHIN);
      this.#release = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.end();
  }
}
