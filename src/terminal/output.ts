// stdout, one text at a time.
import type { Writable } from 'node:stream';

/** Error codes of a write whose reader is gone: a pipe, a socket, or a stream that already failed. */
const CLOSED = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']);

/** Thrown where stdout is written to and its reader has gone: a quiet end. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';

  constructor() {
    super('the reader of the output has exited');
  }
}

/** Thrown where stdout cannot be written for another reason, such as a full disk. */
export class OutputFailed extends Error {
  override readonly name = 'OutputFailed';
}

/**
 * Writes to a stream, opened with the first text that is not taken at once. A caller that awaits each text never has more
 * than one under way.
 */
export class StreamOutput {
  readonly #open: () => Writable;
  readonly #atOnce: (bytes: Uint8Array) => number;
  #stream: Writable | undefined;
  #release: (() => void) | undefined;

  /** `atOnce` writes what is taken without waiting, and returns how many bytes that were. */
  constructor(open: () => Writable, atOnce: (bytes: Uint8Array) => number = () => 0) {
    this.#open = open;
    this.#atOnce = atOnce;
  }

  /**
   * Settles when the text has been taken, however long its reader takes.
   *
   * @throws OutputClosed when the reader has closed the output
   * @throws OutputFailed when it cannot be written for another reason
   */
  print(text: string | Uint8Array): Promise<void> {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    const rest = this.#stream === undefined ? bytes.subarray(this.#atOnce(bytes)) : bytes;
    if (rest.length === 0) return Promise.resolve();
    this.#stream ??= this.#opened();
    const stream = this.#stream;
    return new Promise((resolve, reject) => {
      this.#release = resolve;
      stream.write(rest, (error) => (error ? reject(outputError(error)) : resolve()));
    });
  }

  /** Ends the wait for a reader that takes nothing. */
  giveUp(): void {
    this.#release?.();
  }

  /** A failed write is reported to its caller; without a listener the same error would also be thrown uncaught. */
  #opened(): Writable {
    return this.#open().on('error', () => {});
  }
}

function outputError(error: NodeJS.ErrnoException): Error {
  return CLOSED.has(error.code ?? '') ? new OutputClosed() : new OutputFailed(error.message);
}
