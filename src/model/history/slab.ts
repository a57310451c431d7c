// The memory of all histories: pages of equal size from a few blocks, so that thousands of histories do not need thousands of arrays.
import { existing } from '../../numbers/existing.ts';
import { Workspace } from '../../numbers/workspace.ts';

/** Records per page, each a time and a value of 4 bytes. */
export const RECORDS = 32;
const PAGE_WORDS = RECORDS * 2;
export const PAGE_BYTES = PAGE_WORDS * 4;
/** Pages are allocated from the system this many at a time: 64 KiB. */
const BLOCK_PAGES = 256;
/** The most memory that all histories together may take, in bytes: 32 MiB. */
const MOST_BYTES = 32 * 2 ** 20;

/** No page. */
export const NO_PAGE = -1;

/** A block of pages, seen as times and as values, and for each page the one that comes after it in its chain. */
interface Block {
  readonly times: Uint32Array<ArrayBuffer>;
  readonly values: Float32Array;
  readonly next: Int32Array;
}

function blockOf(words: ArrayBuffer, next: Int32Array): Block {
  return { times: new Uint32Array(words), values: new Float32Array(words), next };
}

export class Slab {
  readonly #blocks: Block[] = [];
  #mostBlocks: number;
  #free = NO_PAGE;
  /** Pages in use. */
  used = 0;
  /** For what is computed of the records that were read last. */
  readonly workspace = new Workspace();
  /** For reading many records at once: grows as needed, and is shared. */
  #scratch = { times: new Float64Array(0), values: new Float64Array(0) };

  /** Takes at most the given number of bytes, and at least one block. */
  constructor(mostBytes = MOST_BYTES) {
    this.#mostBlocks = Math.max(1, Math.floor(mostBytes / (BLOCK_PAGES * (PAGE_BYTES + 4))));
  }

  /** Bytes taken from the system for pages. */
  get bytes(): number {
    return this.#blocks.length * BLOCK_PAGES * (PAGE_BYTES + 4);
  }

  /** Pages that are free or can still be allocated. */
  get left(): number {
    return this.capacity - this.used;
  }

  /** The most pages there can be. */
  get capacity(): number {
    return this.#mostBlocks * BLOCK_PAGES;
  }

  /** Allocates a page, not cleared, as the last of its chain; NONE when all are in use. */
  take(): number {
    if (this.#free === NO_PAGE && !this.#grow()) return NO_PAGE;
    const page = this.#free;
    this.#free = this.nextOf(page);
    this.link(page, NO_PAGE);
    this.used += 1;
    return page;
  }

  /** A copy of the slab: neither sees what the other writes from now on. */
  copy(): Slab {
    const copy = new Slab();
    copy.#mostBlocks = this.#mostBlocks;
    for (const { times, next } of this.#blocks) copy.#blocks.push(blockOf(times.buffer.slice(0), next.slice()));
    copy.#free = this.#free;
    copy.used = this.used;
    return copy;
  }

  /** Frees a page. */
  give(page: number): void {
    this.link(page, this.#free);
    this.#free = page;
    this.used -= 1;
  }

  /** Where the records of a page are: in `times` and `values` of its block, from `offset` on. */
  block(page: number): Block {
    return existing(this.#blocks[Math.floor(page / BLOCK_PAGES)]);
  }

  offset(page: number): number {
    return (page % BLOCK_PAGES) * PAGE_WORDS;
  }

  nextOf(page: number): number {
    return existing(this.block(page).next[page % BLOCK_PAGES]);
  }

  link(page: number, next: number): void {
    this.block(page).next[page % BLOCK_PAGES] = next;
  }

  /** Two arrays of at least the given length, valid until the next call, as is what the workspace lent. */
  scratch(count: number): { readonly times: Float64Array; readonly values: Float64Array } {
    this.workspace.clear();
    if (this.#scratch.times.length < count) {
      const size = Math.max(256, 2 ** Math.ceil(Math.log2(count)));
      this.#scratch = { times: new Float64Array(size), values: new Float64Array(size) };
    }
    return this.#scratch;
  }

  #grow(): boolean {
    if (this.#blocks.length >= this.#mostBlocks) return false;
    const words = new ArrayBuffer(BLOCK_PAGES * PAGE_BYTES);
    const first = this.#blocks.length * BLOCK_PAGES;
    const next = new Int32Array(BLOCK_PAGES);
    for (let page = 0; page < BLOCK_PAGES; page += 1)
      next[page] = page === BLOCK_PAGES - 1 ? NO_PAGE : first + page + 1;
    this.#blocks.push(blockOf(words, next));
    this.#free = first;
    return true;
  }
}
