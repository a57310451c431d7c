// The numbers of one series over the samples of a recording. Only changes take memory.

/** Numbers by the index of their sample. */
export class ExportedSeries {
  /** The first sample of each run of equal numbers, and that number; NaN where there is none. */
  readonly #starts: number[] = [];
  readonly #values: number[] = [];
  /** The sample after the last number. */
  #end = 0;

  /** Indexes must rise; of several numbers for one sample the first counts. */
  put(index: number, value: number): void {
    if (index < this.#end) return;
    if (index > this.#end && this.#starts.length > 0) this.#start(this.#end, Number.NaN);
    if (value !== this.#values.at(-1)) this.#start(index, value);
    this.#end = index + 1;
  }

  /** Every number with the index of its sample, in order. */
  *entries(): Generator<readonly [index: number, value: number]> {
    for (const [run, start] of this.#starts.entries()) {
      const value = this.#values[run];
      if (value === undefined || Number.isNaN(value)) continue;
      const end = this.#starts[run + 1] ?? this.#end;
      for (let index = start; index < end; index += 1) yield [index, value];
    }
  }

  #start(index: number, value: number): void {
    this.#starts.push(index);
    this.#values.push(value);
  }
}
