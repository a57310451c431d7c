// Rows with a read that has not returned: they are tried again before the sample is finished.

import type { ChildCommands } from '../reading/child-commands.ts';
import { isLate } from './identify.ts';
import type { ProcRow } from './row.ts';

export class LateRows {
  readonly #rows = new Set<ProcRow>();
  readonly #commands: ChildCommands;

  constructor(commands: ChildCommands) {
    this.#commands = commands;
  }

  /** Takes over what a reading of a row brought. */
  note(row: ProcRow): void {
    if (isLate(row)) this.#rows.add(row);
    else if (this.#rows.size > 0) this.#rows.delete(row);
  }

  forget(row: ProcRow): void {
    this.#rows.delete(row);
  }

  clear(): void {
    this.#rows.clear();
  }

  /**
   * Reads them again: a process that waited for a disk a moment ago is usually done by now. Then, where child processes
   * are reading, waits for their answers and tries once more.
   *
   * @param read brings one row up to date, and `done` is called after each turn
   * @param timeout milliseconds to wait for answers
   */
  async readAgain(read: (row: ProcRow) => void, done: () => unknown, timeout: number): Promise<void> {
    this.#turn(read, done);
    if (timeout === 0 || this.#commands.running === 0) return;
    await this.#commands.settled(timeout);
    this.#turn(read, done);
  }

  #turn(read: (row: ProcRow) => void, done: () => unknown): void {
    for (const row of [...this.#rows]) read(row);
    done();
  }
}
