// A recording for another program: the bytes that a file would have, on stdout.
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { MemberWriter } from './member-writer.ts';

/** Where bytes are printed. */
interface Printer {
  print(bytes: Uint8Array): Promise<void>;
}

/** Writes to a pipe. Calls must not overlap. */
export class PipeRecorder {
  /** Bytes written so far, and snapshots. */
  written = 0;
  samples = 0;
  readonly #printer: Printer;
  readonly #writer = new MemberWriter();

  constructor(printer: Printer) {
    this.#printer = printer;
  }

  async add(snapshot: Snapshot): Promise<void> {
    await this.#print(await this.#writer.add(snapshot));
    this.samples += 1;
  }

  /** Ends the last member. */
  async close(): Promise<void> {
    await this.#print(await this.#writer.end());
  }

  async #print(bytes: Uint8Array): Promise<void> {
    await this.#printer.print(bytes);
    this.written += bytes.length;
  }
}
