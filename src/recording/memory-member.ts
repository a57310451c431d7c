// A member of a recording in memory: lines, compressed as they come, and ready to become a member of a file.
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { Content, headerOf, LAST_BLOCK } from './member.ts';

/** Lines are compressed when they are this many characters together, since fewer calls cost less; and the most in one call. */
const BATCH = { least: 48 * 1024, most: 128 * 1024 };
/** How far deflate looks back: what was compressed last is the dictionary of the next batch (RFC 1951, section 2). */
const WINDOW = 32 * 1024;

/** Of each sample: its time, and the fraction of memory in use (NaN: not known). */
export interface Sampled {
  readonly time: number;
  readonly usage: number;
}

/** A whole snapshot and the changes after it. */
export class MemoryMember {
  /** When the samples were taken, in milliseconds since the epoch, and how much memory was in use. */
  readonly times: number[] = [];
  readonly usages: number[] = [];
  /** Monotonic milliseconds of its first sample. */
  readonly since: number;
  /** Bytes of what is compressed. */
  size = 0;
  #compressed: Buffer[] = [];
  #dictionary: Buffer | undefined;
  /** Lines that are not compressed yet. */
  #waiting = '';
  #isClosed = false;

  constructor(since: number) {
    this.since = since;
  }

  /** Bytes it takes, without the lines that wait to be compressed. */
  get bytes(): number {
    return this.size + (this.#dictionary?.length ?? 0) + this.times.length * 16;
  }

  /** Adds a line with its line feed. */
  add(line: string, { time, usage }: Sampled): void {
    this.times.push(time);
    this.usages.push(usage);
    this.#waiting += line;
  }

  /** No line will follow. */
  close(): void {
    this.#isClosed = true;
  }

  /** Compresses a part of what waits, which takes some milliseconds at most. */
  compress(): void {
    if (this.#waiting.length >= (this.#isClosed ? 1 : BATCH.least)) this.#compressPart();
    if (!this.#isClosed || this.#waiting !== '' || this.#dictionary === undefined) return;
    this.#dictionary = undefined;
    this.#compressed = [Buffer.concat(this.#compressed)];
  }

  /** All lines, without their line feeds. */
  lines(): string[] {
    return this.#text().split('\n').slice(0, -1);
  }

  /** The bytes of a file's member with the first lines of it; empty without lines. */
  file(count: number): Buffer {
    const [time] = this.times;
    if (count === 0 || time === undefined) return Buffer.alloc(0);
    const isWhole = count >= this.times.length;
    const text = isWhole ? Buffer.from(this.#text()) : Buffer.from(firstLines(this.lines(), count));
    const content = new Content();
    content.add(text);
    const parts = isWhole ? [...this.#compressed, this.#lastPart(), LAST_BLOCK] : [deflateRawSync(text)];
    return Buffer.concat([headerOf(time), ...parts, content.trailer]);
  }

  #text(): string {
    return inflateRawSync(Buffer.concat([...this.#compressed, LAST_BLOCK])).toString('utf8') + this.#waiting;
  }

  /** What waits, compressed as the part that comes next. */
  #lastPart(): Buffer {
    return this.#waiting === '' ? Buffer.alloc(0) : this.#deflated(Buffer.from(this.#waiting));
  }

  /** Each part ends with a flush, so that all of them together are one stream. */
  #compressPart(): void {
    const end = endWithin(this.#waiting, BATCH.most);
    const text = Buffer.from(this.#waiting.slice(0, end));
    this.#waiting = this.#waiting.slice(end);
    const before = this.#dictionary;
    // The result is a part of a larger buffer: only a copy of it frees the rest.
    const part = Buffer.from(this.#deflated(text));
    this.#compressed.push(part);
    this.size += part.length;
    this.#dictionary = Buffer.from(Buffer.concat(before === undefined ? [text] : [before, text]).subarray(-WINDOW));
  }

  #deflated(text: Buffer): Buffer {
    const dictionary = this.#dictionary;
    return deflateRawSync(text, {
      finishFlush: constants.Z_SYNC_FLUSH,
      ...(dictionary !== undefined && { dictionary }),
    });
  }
}

/** The most characters that are not more than a number and do not end within a surrogate pair. */
function endWithin(text: string, most: number): number {
  return (text.charCodeAt(most - 1) & 0xfc00) === 0xd800 ? most - 1 : most;
}

function firstLines(lines: readonly string[], count: number): string {
  return lines
    .slice(0, count)
    .map((line) => `${line}\n`)
    .join('');
}
