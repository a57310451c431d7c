// Reads a member, and says whether its lines are verified.
import { constants, inflateRawSync } from 'node:zlib';
import { Content, FLUSHED, HEADER_BYTES, LAST_BLOCK, TRAILER_BYTES } from './member.ts';

/** Maximum size of the content in bytes: a small hostile file must not fill the memory. */
const LARGEST = 256 * 1024 * 1024;

const LINE_FEED = 0x0a;

/** A member as it was read. */
export interface Member {
  /** Whole lines, each without its line feed. */
  readonly lines: readonly string[];
  /**
   * `whole`: the checksum is right. `unfinished`: it ends early, without a checksum. `damaged`: the checksum or the
   * compressed data are wrong; it then has no lines.
   */
  readonly state: 'whole' | 'unfinished' | 'damaged';
  /** Bytes that it takes; of a whole member up to the end of its trailer, otherwise all bytes that were read. */
  readonly size: number;
}

/**
 * Reads the bytes from one header to the next, or to the end of the file.
 *
 * @param isLast whether no other member follows: then it may end anywhere
 */
export function readMember(bytes: Buffer, isLast: boolean): Member {
  const body = bytes.subarray(HEADER_BYTES);
  const damaged: Member = { lines: [], state: 'damaged', size: bytes.length };
  const whole = inflated(body, constants.Z_FINISH);
  if (whole !== undefined) {
    const size = HEADER_BYTES + whole.used + TRAILER_BYTES;
    if (isProven(whole, body)) return { lines: linesOf(whole.text), state: 'whole', size };
    // It was cut within the trailer: all lines are there, but not their checksum.
    const isCut = isLast && size > bytes.length;
    return isCut ? { lines: linesOf(whole.text), state: 'unfinished', size: bytes.length } : damaged;
  }
  const begun = isLast ? inflated(body, constants.Z_SYNC_FLUSH) : undefined;
  return begun === undefined ? damaged : { lines: linesOf(begun.text), state: 'unfinished', size: bytes.length };
}

/** Content, and the number of compressed bytes it came from. */
interface Inflated {
  readonly text: Buffer;
  readonly used: number;
}

/** Undefined when the data are damaged; with Z_FINISH also when they end early. */
function inflated(body: Buffer, finishFlush: number): Inflated | undefined {
  try {
    // With `info` the result is not the buffer that the types have: see the documentation of node:zlib.
    const result: unknown = inflateRawSync(body, { finishFlush, maxOutputLength: LARGEST, info: true });
    const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } };
    return { text: buffer, used: engine.bytesWritten };
  } catch {
    return undefined;
  }
}

/** Whether the bytes after the compressed data are the right trailer. */
function isProven({ text, used }: Inflated, body: Buffer): boolean {
  return trailerOf(text).equals(body.subarray(used, used + TRAILER_BYTES));
}

function trailerOf(text: Buffer): Buffer {
  const content = new Content();
  content.add(text);
  return content.trailer;
}

/** The lines of a content; a last line without a line feed is left out. */
function linesOf(text: Buffer): readonly string[] {
  return text
    .subarray(0, text.lastIndexOf(LINE_FEED) + 1)
    .toString('utf8')
    .split('\n')
    .slice(0, -1);
}

/** How to complete a member that ends early. */
export interface Mending {
  /** Bytes to keep, up to the last flush. What follows is a part of one snapshot. */
  readonly retained: number;
  /** Bytes to append to them. */
  readonly end: Buffer;
}

/** Undefined when it has no whole line. */
export function mendingOf(bytes: Buffer): Mending | undefined {
  const body = bytes.subarray(HEADER_BYTES);
  for (let end = body.length; end >= FLUSHED.length; end -= 1) {
    const at = body.lastIndexOf(FLUSHED, end - FLUSHED.length);
    if (at < 0) return undefined;
    end = at + FLUSHED.length;
    const whole = inflated(Buffer.concat([body.subarray(0, end), LAST_BLOCK]), constants.Z_FINISH);
    if (whole?.used === end + LAST_BLOCK.length && whole.text.at(-1) === LINE_FEED) {
      return { retained: HEADER_BYTES + end, end: Buffer.concat([LAST_BLOCK, trailerOf(whole.text)]) };
    }
  }
  return undefined;
}
