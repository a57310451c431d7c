// Encodes snapshots as members: bytes to append to a file, which can be read up to the last snapshot at any time.
import { constants, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { Encoder } from '../formats/recording/encoder.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { Content, headerOf } from './member.ts';

/** The longest member in milliseconds, and the largest in bytes. Seeking reads a whole member. */
const LONGEST = 5 * 60_000;
const LARGEST = 1024 * 1024;

/** The member that is being written. */
interface Open {
  readonly since: number;
  readonly stream: DeflateRaw;
  readonly content: Content;
  size: number;
}

/** Makes one recording. Calls must not overlap. */
export class MemberWriter {
  readonly #encoder = new Encoder();
  #open: Open | undefined;

  /** The bytes of a snapshot, flushed: the file can then be read up to here. */
  async add(snapshot: Snapshot): Promise<Buffer> {
    const isOver = this.#open !== undefined && isFull(this.#open, snapshot);
    const end = isOver ? await this.end() : Buffer.alloc(0);
    const begins = this.#open === undefined;
    const open = this.#open ?? this.#begin(snapshot);
    const line = Buffer.from(begins ? this.#encoder.whole(snapshot) : this.#encoder.next(snapshot));
    open.content.add(line);
    const flushed = await compressed(open.stream, (done) => {
      open.stream.write(line);
      open.stream.flush(constants.Z_SYNC_FLUSH, done);
    });
    open.size += flushed.length;
    return Buffer.concat([end, begins ? headerOf(snapshot.time) : Buffer.alloc(0), flushed]);
  }

  /** The bytes that end the current member; empty without one. The next snapshot begins another member. */
  async end(): Promise<Buffer> {
    const open = this.#open;
    if (open === undefined) return Buffer.alloc(0);
    this.#open = undefined;
    const rest = await compressed(open.stream, (done) => {
      open.stream.once('end', done);
      open.stream.end();
    });
    return Buffer.concat([rest, open.content.trailer]);
  }

  #begin(snapshot: Snapshot): Open {
    this.#open = { since: snapshot.monotonic, stream: createDeflateRaw(), content: new Content(), size: 0 };
    return this.#open;
  }
}

function isFull({ since, size }: Open, { monotonic }: Snapshot): boolean {
  return monotonic - since >= LONGEST || size >= LARGEST;
}

/** The output of a stream from the call of `begin` until that calls `done`. */
function compressed(stream: DeflateRaw, begin: (done: () => void) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const take = (part: Buffer) => parts.push(part);
    stream.on('data', take);
    stream.once('error', reject);
    begin(() => {
      stream.off('data', take);
      stream.off('error', reject);
      resolve(Buffer.concat(parts));
    });
  });
}
