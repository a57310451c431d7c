// Margin, padding or border of a node: what was set for edges and pairs of them, and what that makes of each side.

import type { Side, Sides } from './axis.ts';
import { constants } from './constants.ts';
import { float } from './lengths.ts';
import { points } from './unsupported.ts';

const { EDGE_ALL, EDGE_END, EDGE_HORIZONTAL, EDGE_LEFT, EDGE_RIGHT, EDGE_START, EDGE_VERTICAL } = constants;
const { EDGE_BOTTOM, EDGE_TOP } = constants;

/** What is set for a side, the first that is defined: texts read from left to right, so the start is the left. */
const ORDER: ReadonlyArray<readonly [Side, readonly number[]]> = [
  ['left', [EDGE_START, EDGE_LEFT, EDGE_HORIZONTAL, EDGE_ALL]],
  ['top', [EDGE_TOP, EDGE_VERTICAL, EDGE_ALL]],
  ['right', [EDGE_END, EDGE_RIGHT, EDGE_HORIZONTAL, EDGE_ALL]],
  ['bottom', [EDGE_BOTTOM, EDGE_VERTICAL, EDGE_ALL]],
];

/** Nothing at any side: most nodes have no other. */
export const NO_EDGES: Readonly<Sides> = { left: 0, top: 0, right: 0, bottom: 0 };

export class Edges {
  readonly #smallest: number;
  readonly #set = new Map<number, number>();

  /** Margins may be negative; paddings and borders are zero at least. */
  constructor(smallest: number) {
    this.#smallest = smallest;
  }

  /** The sides after a change, in cells; undefined where nothing changes. An undefined value takes back what was set. */
  set(edge: number, value: unknown): Readonly<Sides> | undefined {
    const length = points('the length of an edge', value);
    if (Object.is(this.#set.get(edge) ?? Number.NaN, length)) return undefined;
    this.#set.set(edge, length);
    const sides = { ...NO_EDGES };
    for (const [side, edges] of ORDER) {
      const used = edges.find((one) => !Number.isNaN(this.#set.get(one) ?? Number.NaN));
      const given = used === undefined ? 0 : (this.#set.get(used) ?? 0);
      sides[side] = float(Math.max(given, this.#smallest));
    }
    return sides;
  }
}

/** The side that a number of Yoga names. */
export function sideOf(edge: number): Side {
  const side = ({ [EDGE_LEFT]: 'left', [EDGE_TOP]: 'top', [EDGE_RIGHT]: 'right', [EDGE_BOTTOM]: 'bottom' } as const)[
    edge
  ];
  if (side === undefined) throw new RangeError(`The layout computes left, top, right and bottom, not edge ${edge}.`);
  return side;
}
