// The format of a member: gzip (RFC 1952) that begins with a whole snapshot, with a mark in its header to find it by.
import { crc32 } from 'node:zlib';

/** ID1, ID2, CM (deflate) and FLG (FEXTRA). */
const MAGIC = [0x1f, 0x8b, 0x08, 0x04];
/** SI1 and SI2, the ID of memtop's subfield: "MT". */
const MARK = [0x4d, 0x54];
/** The subfield holds the time of the first snapshot: milliseconds since the epoch, 8 bytes, the lowest first. */
const TIME_BYTES = 8;

/** Bytes of the header, all of it: magic, MTIME, XFL, OS, XLEN, SI1, SI2, LEN and the time. */
export const HEADER_BYTES = 12 + 4 + TIME_BYTES;
/** Bytes of it after which it has the mark of memtop. */
export const MARKED_BYTES = 14;
/** Bytes of the trailer: CRC32 and ISIZE. */
export const TRAILER_BYTES = 8;

/** Ends a deflate stream after a flush: an empty block with fixed codes and BFINAL set (RFC 1951, section 3.2.6). */
export const LAST_BLOCK = Uint8Array.of(0x03, 0x00);

/** The last bytes of a flush (Z_SYNC_FLUSH): the length of an empty stored block and its complement. */
export const FLUSHED = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/** The header of a member whose first snapshot was taken at a time, in milliseconds since the epoch. */
export function headerOf(time: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.set(MAGIC, 0);
  header.writeUInt8(0xff, 9); // OS: unknown
  header.writeUInt16LE(4 + TIME_BYTES, 10);
  header.set(MARK, 12);
  header.writeUInt16LE(TIME_BYTES, 14);
  header.writeBigInt64LE(BigInt(Math.trunc(time)), 16);
  return header;
}

/** The time in the header at an offset; undefined when the bytes there are not the header of a member. */
export function timeIn(bytes: Buffer, at: number): number | undefined {
  if (at + HEADER_BYTES > bytes.length) return undefined;
  const isHeader =
    MAGIC.every((byte, index) => bytes[at + index] === byte) &&
    bytes.readUInt16LE(at + 10) === 4 + TIME_BYTES &&
    MARK.every((byte, index) => bytes[at + 12 + index] === byte) &&
    bytes.readUInt16LE(at + 14) === TIME_BYTES;
  return isHeader ? Number(bytes.readBigInt64LE(at + 16)) : undefined;
}

/** Whether the bytes are the beginning of a header: the first write of a member was cut short. */
export function isCutHeader(bytes: Buffer): boolean {
  const whole = headerOf(0);
  const isFixed = (at: number) => at < MAGIC.length || (at >= 10 && at < HEADER_BYTES - TIME_BYTES);
  return bytes.length < HEADER_BYTES && bytes.every((byte, at) => !isFixed(at) || byte === whole[at]);
}

/** The offset of the next header, searching from an offset; -1 without one. */
export function findHeader(bytes: Buffer, from = 0): number {
  const magic = Buffer.from(MAGIC);
  for (let at = bytes.indexOf(magic, from); at >= 0; at = bytes.indexOf(magic, at + 1)) {
    if (timeIn(bytes, at) !== undefined) return at;
  }
  return -1;
}

/** Checksum and size of the content written so far, for the trailer. */
export class Content {
  #crc = 0;
  #size = 0;

  add(text: Uint8Array): void {
    this.#crc = crc32(text, this.#crc);
    this.#size = (this.#size + text.length) % 2 ** 32;
  }

  /** CRC32 and ISIZE. */
  get trailer(): Buffer {
    const trailer = Buffer.alloc(TRAILER_BYTES);
    trailer.writeUInt32LE(this.#crc, 0);
    trailer.writeUInt32LE(this.#size, 4);
    return trailer;
  }
}
