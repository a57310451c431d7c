// The descriptor of a file of the kernel that is read again and again: kept open until descriptors run short.
import { closeSync } from 'node:fs';

export class HeldDescriptor {
  #descriptor: number | undefined;
  #isKept = true;

  /** The open descriptor; where there is none, what `open` comes to, a descriptor or why there is none. */
  opened<Failure = never>(open: () => number | Failure): number | Failure {
    if (this.#descriptor !== undefined) return this.#descriptor;
    const opened = open();
    if (typeof opened === 'number') this.#descriptor = opened;
    return opened;
  }

  /** To be called after each reading: closes it when no descriptor may be kept any more. */
  readOnce(): void {
    if (!this.#isKept) this.close();
  }

  /** Closes the descriptor and keeps none open from now on; returns whether there was one. */
  surrender(): boolean {
    this.#isKept = false;
    if (this.#descriptor === undefined) return false;
    this.close();
    return true;
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
