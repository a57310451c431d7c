// Trees of boxes and texts for both layouts, Yoga's and memtop's: the same calls, made by Ink's own code, on each.

import Yoga, { type Node as YogaNode } from 'yoga-layout';
import applyStyles, { type Styles } from '../../../../node_modules/ink/build/styles.js';
import { yoga } from '../../../../src/screen/ink/layout/layout.ts';

/** What a node is made of: a text has words, a box has children. */
export interface Tree {
  readonly style: Styles;
  readonly words?: readonly number[];
  readonly children?: readonly Tree[];
}

/** A node in both layouts. */
export interface Twin {
  readonly original: YogaNode;
  readonly own: YogaNode;
  style: Styles;
  words: readonly number[] | undefined;
  readonly children: Twin[];
}

/** Words, by their lengths, broken into lines as Ink does: a long word too. */
function wrapped(words: readonly number[], width: number): { width: number; height: number } {
  const most = Math.max(1, Math.floor(width));
  const lines = [0];
  for (const word of words) {
    const last = lines.length - 1;
    const joined = lines[last]! + (lines[last]! > 0 ? 1 : 0) + word;
    if (joined <= most) lines[last] = joined;
    else {
      if (lines[last]! > 0) lines.push(0);
      let rest = word;
      for (; rest > most; rest -= most) lines.splice(lines.length - 1, 0, most);
      lines[lines.length - 1] = rest;
    }
  }
  return { width: Math.max(...lines), height: lines.length };
}

/** Measures as Ink's texts do. */
function measureOf(twin: Twin) {
  return (width: number, widthMode: number): { width: number; height: number } => {
    const natural = wrapped(twin.words ?? [], Number.POSITIVE_INFINITY);
    if (twin.words?.length === 0) return { width: 0, height: 0 };
    if (widthMode === Yoga.MEASURE_MODE_UNDEFINED || natural.width <= width) return natural;
    if (twin.style.textWrap === 'truncate') return { width, height: 1 };
    return wrapped(twin.words ?? [], width);
  };
}

/** Makes the nodes of a tree in both layouts. */
export function twinOf(tree: Tree): Twin {
  const own = yoga.Node.create() as unknown as YogaNode;
  const twin: Twin = { original: Yoga.Node.create(), own, style: {}, words: tree.words, children: [] };
  if (tree.words !== undefined) {
    for (const node of [twin.original, twin.own]) node.setMeasureFunc(measureOf(twin));
  }
  restyle(twin, tree.style);
  for (const child of tree.children ?? []) insert(twin, twinOf(child), twin.children.length);
  return twin;
}

/** Gives a node a style as Ink does: what changed is set, and what is gone is set to undefined. */
export function restyle(twin: Twin, style: Styles): void {
  const gone = Object.keys(twin.style).filter((key) => !(key in style));
  const changes = { ...Object.fromEntries(gone.map((key) => [key, undefined])), ...style } as Styles;
  twin.style = style;
  for (const node of [twin.original, twin.own]) applyStyles(node, changes, style);
}

export function rewrite(twin: Twin, words: readonly number[]): void {
  twin.words = words;
  for (const node of [twin.original, twin.own]) node.markDirty();
}

export function insert(parent: Twin, child: Twin, index: number): void {
  parent.children.splice(index, 0, child);
  parent.original.insertChild(child.original, index);
  parent.own.insertChild(child.own, index);
}

export function remove(parent: Twin, child: Twin): void {
  parent.children.splice(parent.children.indexOf(child), 1);
  parent.original.removeChild(child.original);
  parent.own.removeChild(child.own);
}

export function free(twin: Twin): void {
  twin.original.freeRecursive();
  twin.own.freeRecursive();
}

/** Lays both trees out in a screen of a width. */
export function layOutBoth({ original, own }: Twin, width: number): void {
  for (const node of [original, own]) {
    node.setWidth(width);
    node.calculateLayout(undefined, undefined, Yoga.DIRECTION_LTR);
  }
}

/** Every place and size, as Ink reads them. */
export function placesOf(twin: Twin, which: 'original' | 'own'): object {
  const node = twin[which];
  if (node.getDisplay() === Yoga.DISPLAY_NONE) return { hidden: true };
  return {
    style: twin.style,
    ...(twin.words === undefined ? {} : { words: twin.words }),
    place: [node.getComputedLeft(), node.getComputedTop()].map((value) => value + 0),
    size: [node.getComputedWidth(), node.getComputedHeight()],
    frame: [Yoga.EDGE_LEFT, Yoga.EDGE_TOP, Yoga.EDGE_RIGHT, Yoga.EDGE_BOTTOM].map((edge) => [
      node.getComputedPadding(edge),
      node.getComputedBorder(edge),
      node.getComputedMargin(edge) + 0,
    ]),
    children: twin.children.map((child) => placesOf(child, which)),
  };
}

/** All nodes of a tree, parents first, with the parent of each. */
export function nodesOf(twin: Twin, parent?: Twin): { twin: Twin; parent: Twin | undefined }[] {
  return [{ twin, parent }, ...twin.children.flatMap((child) => nodesOf(child, twin))];
}
