// Time of the processor that reading may take: a small fraction of the time that passes.

/** Reading takes at most this fraction of a core, */
const MOST_COST = 0.01;
/** after these first milliseconds, in which its code is compiled. */
const ALLOWANCE = 40;

export class ReadingBudget {
  #spent = 0;

  /** Does some reading, and counts what it takes. */
  spend<Result>(read: () => Result): Result {
    const before = process.cpuUsage();
    const result = read();
    const { user, system } = process.cpuUsage(before);
    this.#spent += (user + system) / 1000;
    return result;
  }

  /** When the next reading may be: milliseconds since the first. */
  get due(): number {
    return (this.#spent - ALLOWANCE) / MOST_COST;
  }
}
