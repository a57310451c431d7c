// Limits what all agents together send: bytes of unfinished lines, and bytes per second. The largest sender is cut off.

/** A connection, as part of the sum. */
export interface Sender {
  /** Closes it, because all together have sent too much and this one the most. */
  cutOff(): void;
}

/** Bytes held of unfinished lines, of all connections together. */
const MOST_HELD = 8 * 2 ** 20;
/** Bytes that all connections together may receive per second: a thousand agents send one or two million. */
const MOST_RECEIVED = 8 * 2 ** 20;
const WINDOW = 1000;

export class Intake {
  readonly #held = new Tally();
  readonly #received = new Tally();
  #windowBegan = performance.now();

  /** A connection has received `bytes`. */
  receive(sender: Sender, bytes: number): void {
    const now = performance.now();
    if (now - this.#windowBegan > WINDOW) {
      this.#windowBegan = now;
      this.#received.clear();
    }
    this.#received.set(sender, this.#received.of(sender) + bytes);
    this.#cutDown(this.#received, MOST_RECEIVED);
  }

  /** A connection holds `bytes` of a line that has no end yet. */
  hold(sender: Sender, bytes: number): void {
    this.#held.set(sender, bytes);
    this.#cutDown(this.#held, MOST_HELD);
  }

  /** A connection has ended and holds no bytes. */
  forget(sender: Sender): void {
    this.#held.set(sender, 0);
    this.#received.set(sender, 0);
  }

  #cutDown(tally: Tally, most: number): void {
    while (tally.total > most) {
      const largest = tally.largest();
      if (largest === undefined) return;
      this.forget(largest);
      largest.cutOff();
    }
  }
}

/** Numbers of connections, and their sum. */
class Tally {
  total = 0;
  readonly #numbers = new Map<Sender, number>();

  of(sender: Sender): number {
    return this.#numbers.get(sender) ?? 0;
  }

  set(sender: Sender, value: number): void {
    this.total += value - this.of(sender);
    if (value === 0) this.#numbers.delete(sender);
    else this.#numbers.set(sender, value);
  }

  largest(): Sender | undefined {
    let found: Sender | undefined;
    for (const [sender, value] of this.#numbers) {
      if (found === undefined || value > this.of(found)) found = sender;
    }
    return found;
  }

  clear(): void {
    this.#numbers.clear();
    this.total = 0;
  }
}
