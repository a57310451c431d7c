// Reads /dev/kmsg: without blocking, a bounded number of records at a time, continuing where it stopped.
import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { Why } from '../reading/file-reader.ts';
import { whyOf } from '../reading/file-reader.ts';
import type { Slices } from '../reading/slices.ts';
import { type KmsgRecord, parseKmsgRecord } from './kmsg-record.ts';

/** The kernel answers EINVAL where a record does not fit; none is larger than this (CONSOLE_EXT_LOG_MAX). */
const LARGEST_RECORD = 16 * 1024;
/** Records read at most at a time: more than the largest log has lines. A writer that is faster never ends. */
const MOST_RECORDS = 50_000;

/** The kernel's log, from its oldest record on. */
export class KernelLog {
  readonly #path: string;
  readonly #read: typeof readSync;
  readonly #bytes = Buffer.allocUnsafe(LARGEST_RECORD);
  #descriptor = -1;

  /** @param read what stands for readSync, for a test of what the device answers */
  constructor(path: string, read: typeof readSync = readSync) {
    this.#path = path;
    this.#read = read;
  }

  /** Opens it where it is not open. Returns why it cannot be read, if it cannot. */
  open(): Why | undefined {
    if (this.#descriptor !== -1) return undefined;
    try {
      this.#descriptor = openSync(this.#path, constants.O_RDONLY | constants.O_NONBLOCK);
      return undefined;
    } catch (error) {
      return whyOf(error);
    }
  }

  /** Gives what came since the last time to `take`, the kernel's own records only. Returns why it could not, if so. */
  async read(take: (record: KmsgRecord) => void, slices: Slices): Promise<Why | undefined> {
    for (let count = 0; count < MOST_RECORDS; count += 1) {
      if (slices.isOver()) await slices.next();
      const record = this.#next();
      if (record === 'end') return undefined;
      if (typeof record === 'string') return record;
      if (record?.facility === 0) take(record);
    }
    return undefined;
  }

  close(): void {
    if (this.#descriptor !== -1) closeSync(this.#descriptor);
    this.#descriptor = -1;
  }

  /** One read is one record. EPIPE: it was overwritten before it was read, and the next read goes on behind the gap. */
  #next(): KmsgRecord | undefined | 'end' | Why {
    try {
      const length = this.#read(this.#descriptor, this.#bytes, 0, LARGEST_RECORD, null);
      return length === 0 ? 'end' : parseKmsgRecord(this.#bytes.toString('utf8', 0, length));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') return 'end';
      return code === 'EPIPE' || code === 'EINVAL' ? undefined : whyOf(error);
    }
  }
}
