// Cuts a stream of bytes into lines without ever keeping more than one line's limit.

const NEWLINE = 0x0a;
/** Maximum number of separate pieces: a client that sends single bytes must not create an object for each. */
const PARTS = 32;

/** Gathers chunks into lines. UTF-8 is decoded a whole line at a time, so a chunk may end inside a character. */
export class LineReader {
  readonly #limit: number;
  #parts: Buffer[] = [];
  #bytes = 0;
  #overflowed = false;

  /** @param limit longest line in bytes, its newline not counted */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True once a line was longer than the limit: nothing more is kept or returned from then on. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** Bytes kept of a line that has no end yet. */
  get held(): number {
    return this.#bytes;
  }

  /**
   * Takes a chunk and yields, one at a time, the lines it completes, without their newlines. All of them are to
   * be taken before the next chunk is given.
   */
  *push(chunk: Buffer): Generator<string, void> {
    let from = 0;
    while (!this.#overflowed) {
      const end = chunk.indexOf(NEWLINE, from);
      const part = chunk.subarray(from, end === -1 ? chunk.length : end);
      if (this.#bytes + part.length > this.#limit) this.#overflow();
      else if (end === -1) {
        this.#keep(part);
        return;
      } else {
        from = end + 1;
        yield this.#finish(part);
      }
    }
  }

  #overflow(): void {
    this.#overflowed = true;
    this.#parts = [];
    this.#bytes = 0;
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    // A copy: the chunk it is a part of may be a pooled 64 KiB that a byte would keep alive.
    this.#parts.push(Buffer.from(part));
    this.#bytes += part.length;
    if (this.#parts.length >= PARTS) this.#parts = [Buffer.concat(this.#parts)];
  }

  #finish(part: Buffer): string {
    const line = this.#parts.length === 0 ? part : Buffer.concat([...this.#parts, part]);
    this.#parts = [];
    this.#bytes = 0;
    return line.toString('utf8');
  }
}
