// Reads PSS and USS of one process from the file that this kernel has.
import { existsSync } from 'node:fs';
import { parseSmaps, type SharedMemory, SmapsSum } from '../proc/smaps-rollup.ts';
import type { FileReader, Why } from '../reading/file-reader.ts';

/** A record is about a kilobyte: a process with more mappings than fit into this is not worth the wait. */
const LARGEST_SMAPS = 16 * 1024 * 1024;

type Kind = 'smaps_rollup' | 'smaps' | 'none';

export class SmapsFile {
  readonly #reader: FileReader;
  readonly #root: string;
  readonly #live: boolean;
  #kind: Kind | undefined;

  /** `root` is the folder that stands for /proc, `live` as in ProcRoot. */
  constructor(reader: FileReader, root: string, live: boolean) {
    this.#reader = reader;
    this.#root = root;
    this.#live = live;
  }

  /**
   * PSS and USS of the process in a folder, or why they are not known: `gone` when it has ended, or is about to.
   *
   * @param byChild whether a child is to read them, since the process may be stuck: `late` until it has
   */
  read(folder: string, byChild = false): SharedMemory | Why {
    switch (this.#kindFor(folder)) {
      case 'smaps_rollup':
        return this.#readRollup(`${folder}/smaps_rollup`, byChild);
      case 'smaps':
        return this.#readSmaps(`${folder}/smaps`, byChild);
      case 'none':
        return 'unsupported';
    }
  }

  /** What one kernel has it has for all; smaps_rollup came with Linux 4.14, and either may be configured away. */
  #kindFor(folder: string): Kind {
    if (!this.#live) return kindIn(folder);
    this.#kind ??= kindIn(`${this.#root}/self`);
    return this.#kind;
  }

  #readRollup(path: string, byChild: boolean): SharedMemory | Why {
    const length = byChild ? this.#reader.byChild(path) : this.#reader.once(path);
    if (typeof length !== 'number') return length;
    // An exiting process has no memory any more.
    if (length === 0) return 'gone';
    return parseSmaps(this.#reader.bytes, length) ?? 'malformed';
  }

  #readSmaps(path: string, byChild: boolean): SharedMemory | Why {
    const sum = new SmapsSum();
    const take = (bytes: Buffer, given: number) => sum.add(bytes, given);
    const reader = this.#reader;
    const length = byChild ? reader.piecesByChild(path, LARGEST_SMAPS, take) : reader.pieces(path, LARGEST_SMAPS, take);
    if (typeof length !== 'number') return length;
    if (length === 0) return 'gone';
    return sum.result() ?? 'malformed';
  }
}

function kindIn(folder: string): Kind {
  const kinds = ['smaps_rollup', 'smaps'] as const;
  return kinds.find((kind) => existsSync(`${folder}/${kind}`)) ?? 'none';
}
