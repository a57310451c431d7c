// Rows below their parents: siblings sorted, folded subtrees as one row.

import { existing } from '../../numbers/existing.ts';
import type { Moment } from '../columns/column.ts';
import { keyOf } from '../rows/members.ts';
import type { Branch, Row } from '../rows/row.ts';
import { sumRow } from '../rows/sum-row.ts';
import { NO_PARENT, parentsOf } from './lineage.ts';
import { comparison, type Order } from './select-and-sort.ts';

/** How to build a tree. */
export interface TreeStyle {
  readonly order: Order;
  readonly moment: Moment;
  /** Keys of the rows whose subtrees are folded. */
  readonly folds: ReadonlySet<string>;
}

/**
 * The matching rows as a tree, from the top down. The ancestors of a matching row are included, marked as context.
 * Siblings are sorted by the sum of their subtrees where the column adds up, so that the largest branch comes first,
 * else by their own value.
 */
export function treeOf(all: readonly Row[], selected: readonly Row[], style: TreeStyle): Row[] {
  const forest = new Forest(all, selected, style);
  return forest.rows();
}

/** Indexes that have not been visited yet: the children of a row, or the rest of the work. */
class Forest {
  readonly #all: readonly Row[];
  readonly #style: TreeStyle;
  readonly #parents: Int32Array;
  /** By index: 0 left out, 1 included as context, 2 matching. */
  readonly #kinds: Uint8Array;
  /** By index: the first child and the next sibling; the roots are the children of the index after the last row. */
  readonly #firsts: Int32Array;
  readonly #nexts: Int32Array;
  /** By index: matching processes of the subtree, and their RSS. */
  readonly #counts: Int32Array;
  readonly #sizes: Float64Array;
  readonly #keys: (number | string | undefined)[];
  readonly #compare: (left: number, right: number) => number;

  constructor(all: readonly Row[], selected: readonly Row[], style: TreeStyle) {
    const { length } = all;
    this.#all = all;
    this.#style = style;
    this.#parents = parentsOf(all);
    this.#kinds = this.#choose(new Set(selected));
    this.#firsts = new Int32Array(length + 1).fill(NO_PARENT);
    this.#nexts = new Int32Array(length).fill(NO_PARENT);
    this.#counts = new Int32Array(length);
    this.#sizes = new Float64Array(length);
    this.#keys = new Array<number | string | undefined>(length).fill(undefined);
    this.#link();
    this.#add();
    this.#compare = comparison(this.#keys, all, style.order);
  }

  rows(): Row[] {
    const rows: Row[] = [];
    const left = this.#childrenOf(this.#all.length, undefined).reverse();
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { place, branch } = next;
      const row = existing(this.#all[place]);
      if (branch.members === undefined) rows.push({ ...row, tree: branch });
      else rows.push({ ...sumRow(branch.members, row.label), tree: branch });
      if (!branch.isFolded && branch.hasChildren) left.push(...this.#childrenOf(place, branch).reverse());
    }
    return rows;
  }

  /** The matching rows and all their ancestors. */
  #choose(selected: ReadonlySet<Row>): Uint8Array {
    const kinds = new Uint8Array(this.#all.length);
    for (let place = 0; place < kinds.length; place += 1) {
      if (!selected.has(existing(this.#all[place]))) continue;
      kinds[place] = 2;
      for (
        let at = existing(this.#parents[place]);
        at !== NO_PARENT && kinds[at] === 0;
        at = existing(this.#parents[at])
      ) {
        kinds[at] = 1;
      }
    }
    return kinds;
  }

  #link(): void {
    const { length } = this.#all;
    for (let place = 0; place < length; place += 1) {
      if (this.#kinds[place] === 0) continue;
      const parent = existing(this.#parents[place]);
      const above = parent === NO_PARENT ? length : parent;
      this.#nexts[place] = existing(this.#firsts[above]);
      this.#firsts[above] = place;
    }
  }

  /** Sums from the leaves up, and the keys to sort by. */
  #add(): void {
    const { order, moment } = this.#style;
    const places = this.#fromTheTop();
    for (let at = places.length - 1; at >= 0; at -= 1) {
      const place = existing(places[at]);
      const row = existing(this.#all[place]);
      const isKept = this.#kinds[place] === 2;
      if (isKept) {
        this.#counts[place] = existing(this.#counts[place]) + 1;
        this.#sizes[place] = existing(this.#sizes[place]) + row.process.rss;
      }
      const own = isKept || order.column.adds !== true ? order.column.value(row, moment) : undefined;
      if (typeof own !== 'number' || order.column.adds !== true) this.#keys[place] ??= own;
      else this.#keys[place] = numberOr0(this.#keys[place]) + own;
      this.#addToParent(place);
    }
  }

  #addToParent(place: number): void {
    const parent = existing(this.#parents[place]);
    if (parent === NO_PARENT) return;
    this.#counts[parent] = existing(this.#counts[parent]) + existing(this.#counts[place]);
    this.#sizes[parent] = existing(this.#sizes[parent]) + existing(this.#sizes[place]);
    const key = this.#keys[place];
    if (this.#style.order.column.adds !== true || typeof key !== 'number') return;
    this.#keys[parent] = numberOr0(this.#keys[parent]) + key;
  }

  /** Every included index, each after its parent. */
  #fromTheTop(start = this.#all.length): number[] {
    const places: number[] = [];
    this.#pushChildren(start, places);
    for (let at = 0; at < places.length; at += 1) this.#pushChildren(existing(places[at]), places);
    return places;
  }

  #pushChildren(place: number, places: number[]): void {
    for (let child = existing(this.#firsts[place]); child !== NO_PARENT; child = existing(this.#nexts[child])) {
      places.push(child);
    }
  }

  #childrenOf(place: number, above: Branch<Row> | undefined): { place: number; branch: Branch<Row> }[] {
    const places: number[] = [];
    this.#pushChildren(place, places);
    places.sort(this.#compare);
    return places.map((child, index) => ({
      place: child,
      branch: this.#branchOf(child, above, index === places.length - 1),
    }));
  }

  #branchOf(place: number, above: Branch<Row> | undefined, isLast: boolean): Branch<Row> {
    const { folds } = this.#style;
    const hasChildren = this.#firsts[place] !== NO_PARENT;
    const isFolded = hasChildren && folds.size > 0 && folds.has(keyOf(existing(this.#all[place])));
    return {
      above,
      depth: above === undefined ? 0 : above.depth + 1,
      isLast,
      hasChildren,
      isFolded,
      isContext: this.#kinds[place] === 1,
      total: { count: existing(this.#counts[place]), rss: existing(this.#sizes[place]) },
      ...(isFolded ? { members: this.#membersOf(place) } : {}),
    };
  }

  /** The matching processes of a subtree. */
  #membersOf(place: number): Row[] {
    return [place, ...this.#fromTheTop(place)]
      .filter((each) => this.#kinds[each] === 2)
      .map((each) => existing(this.#all[each]));
  }
}

/** The sum so far of a column that adds up; an unknown sum counts as 0. */
function numberOr0(key: number | string | undefined): number {
  return typeof key === 'number' ? key : 0;
}
