// The history of one number as a log of its changes: exact for 15 minutes, lowest and highest of each minute for a day.

import { existing } from '../../numbers/existing.ts';
import type { Readings } from '../growth/readings.ts';
import { NO_PAGE, RECORDS, type Slab } from './slab.ts';
import { thin } from './thinning.ts';

/** The most doublings of the spans: a log cannot become smaller than that. */
const MOST_LEVELS = 20;
/** A log is thinned again when it has grown by this many pages, or by half, since the last time. */
const SLACK = 4;

/** Times are kept in whole milliseconds of 32 bits: 49 days, of which a log never holds more than one. */
const WRAP = 2 ** 32;

export class ChangeLog {
  #head = NO_PAGE;
  #tail = NO_PAGE;
  /** Records in the last page. */
  #filled = RECORDS;
  #due = SLACK;
  pages = 0;

  /** The same readings, for a copy of the slab. */
  copy(): ChangeLog {
    const copy = new ChangeLog();
    copy.#head = this.#head;
    copy.#tail = this.#tail;
    copy.#filled = this.#filled;
    copy.#due = this.#due;
    copy.pages = this.pages;
    return copy;
  }

  /** Adds a reading: the value from now on. At most `most` pages are used; older readings become coarser to make space. */
  append(slab: Slab, now: number, value: number, most: number): void {
    if (this.#filled === RECORDS && !this.#addPage(slab, now, most)) return;
    const { times, values } = slab.block(this.#tail);
    const at = slab.offset(this.#tail) + 2 * this.#filled;
    times[at] = now % WRAP;
    values[at + 1] = value;
    this.#filled += 1;
  }

  /** All readings after `since`, and the last one before; in arrays that are valid until the next call. */
  read(slab: Slab, now: number, since: number): Readings {
    const { times, values } = slab.scratch(this.pages * RECORDS);
    // A time stamp later than now is from before the counter wrapped.
    const newest = now % WRAP;
    const base = now - newest;
    const timeOf = (stamp: number) => (stamp <= newest ? base + stamp : base - WRAP + stamp);
    let count = 0;
    let next = NO_PAGE;
    for (let page = this.#head; page !== NO_PAGE; page = next) {
      next = page === this.#tail ? NO_PAGE : slab.nextOf(page);
      // A page is too old as a whole where the next one begins no later.
      if (next !== NO_PAGE && timeOf(existing(slab.block(next).times[slab.offset(next)])) <= since) continue;
      const { times: stamps, values: words } = slab.block(page);
      const begin = slab.offset(page);
      const end = begin + 2 * (page === this.#tail ? this.#filled : RECORDS);
      for (let at = begin; at < end; at += 2) {
        const time = timeOf(existing(stamps[at]));
        if (time <= since) count = 0;
        times[count] = time;
        values[count] = existing(words[at + 1]);
        count += 1;
      }
    }
    return { times, values, count, workspace: slab.workspace };
  }

  /** Thins it until it fits into the given number of pages, and frees the others. */
  compact(slab: Slab, now: number, most: number): void {
    const { times, values, count } = this.read(slab, now, Number.NEGATIVE_INFINITY);
    let retained = thin(times, values, { count, now, level: 0 });
    for (let level = 1; retained > most * RECORDS && level <= MOST_LEVELS; level += 1) {
      retained = thin(times, values, { count: retained, now, level });
    }
    const first = Math.max(0, retained - most * RECORDS);
    this.#rewrite(slab, times.subarray(first, retained), values.subarray(first, retained));
    this.#due = this.pages + Math.max(SLACK, this.pages >> 1);
  }

  /** Frees all pages. */
  clear(slab: Slab): void {
    this.#cutAfter(slab, NO_PAGE);
  }

  #addPage(slab: Slab, now: number, most: number): boolean {
    // One page less than allowed, or the next reading would exceed the limit.
    if (this.pages >= most || this.pages >= this.#due) this.compact(slab, now, Math.max(1, most - 1));
    if (this.#filled < RECORDS) return true;
    let page = slab.take();
    if (page === NO_PAGE && this.pages > 1) {
      this.compact(slab, now, this.pages - 1);
      if (this.#filled < RECORDS) return true;
      page = slab.take();
    }
    if (page === NO_PAGE) return false;
    if (this.#head === NO_PAGE) this.#head = page;
    else slab.link(this.#tail, page);
    this.#tail = page;
    this.#filled = 0;
    this.pages += 1;
    return true;
  }

  #rewrite(slab: Slab, newTimes: Float64Array, newValues: Float64Array): void {
    let page = this.#head;
    let last = NO_PAGE;
    for (let from = 0; from < newTimes.length; from += RECORDS) {
      const { times, values } = slab.block(page);
      const count = Math.min(RECORDS, newTimes.length - from);
      for (let index = 0; index < count; index += 1) {
        const at = slab.offset(page) + 2 * index;
        times[at] = existing(newTimes[from + index]) % WRAP;
        values[at + 1] = existing(newValues[from + index]);
      }
      this.#filled = count;
      last = page;
      page = slab.nextOf(page);
    }
    this.#cutAfter(slab, last);
  }

  /** Frees the pages after this one, or all of them after NONE. */
  #cutAfter(slab: Slab, last: number): void {
    let page = last === NO_PAGE ? this.#head : slab.nextOf(last);
    while (page !== NO_PAGE) {
      const next = slab.nextOf(page);
      slab.give(page);
      this.pages -= 1;
      page = next;
    }
    this.#tail = last;
    if (last === NO_PAGE) {
      this.#head = NO_PAGE;
      this.#filled = RECORDS;
    } else slab.link(last, NO_PAGE);
  }
}
