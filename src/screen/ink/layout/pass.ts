// One layout of a tree: nodes get their places and sizes, and those that did not change keep theirs.

import { placeAbsolute } from './absolute.ts';
import { alongAxis, COLUMN, ROW } from './axis.ts';
import { findBases } from './basis.ts';
import { ANY_SIZE, AT_MOST, EXACT_SIZE, type SizeMode } from './constants.ts';
import { type Container, containerOf, exactly, flexLineOf, isSizeAcrossKnown } from './container.ts';
import { shareOut } from './growing.ts';
import type { AvailableSize } from './known-sizes.ts';
import { float, larger } from './lengths.ts';
import type { LayoutNode } from './node.ts';
import { align, justify } from './placing.ts';
import { roundToCells } from './rounding.ts';

/** Lays a tree out from its root, in the size that the root was given. */
export function layOutTree(root: LayoutNode): void {
  const pass = root.pass + 1;
  const width = exactly(root.hasGiven('width') ? float(root.given.width + alongAxis(root.margin, ROW)) : Number.NaN);
  const height = exactly(
    root.hasGiven('height') ? float(root.given.height + alongAxis(root.margin, COLUMN)) : Number.NaN,
  );
  const visit = (node: LayoutNode, space: AvailableSize, isLayout: boolean): boolean => {
    const isNew = (node.isDirty && node.pass !== pass) || !node.isVisited;
    if (isNew) node.known.forget();
    const known = node.measure
      ? node.known.ofText(space, alongAxis(node.margin, ROW), alongAxis(node.margin, COLUMN))
      : node.known.ofBox(space, isLayout);
    if (known === undefined) {
      layOut(node, space, isLayout, visit);
      node.isVisited = true;
      node.known.add({ space, width: node.measured.width, height: node.measured.height }, isLayout);
    } else {
      node.measured = { width: known.width, height: known.height };
    }
    if (isLayout) {
      node.computed = { ...node.measured };
      node.isDirty = false;
    }
    node.pass = pass;
    return known === undefined;
  };
  const space = { width: width.size, widthMode: width.mode, height: height.size, heightMode: height.mode };
  if (!visit(root, space, true)) return;
  root.position = { ...root.margin };
  roundToCells(root, 0, 0);
}

function layOut(node: LayoutNode, space: AvailableSize, isLayout: boolean, visit: Container['visit']): void {
  const width = float(space.width - alongAxis(node.margin, ROW));
  const height = float(space.height - alongAxis(node.margin, COLUMN));
  const own = { ...space, width, height };
  if (node.measure !== undefined) measureText(node, own, node.measure);
  else if (node.children.length === 0) measureEmpty(node, own);
  else if (isLayout || !isKnown(own)) layOutChildren(containerOf(node, space, isLayout, visit), own);
  else setMeasured(node, larger(width, 0), larger(height, 0));
}

/** Whether a size is known without the children: it was given, or there is no space at all. */
function isKnown({ width, height, widthMode, heightMode }: AvailableSize): boolean {
  const isNothing = (size: number, mode: SizeMode) => mode === AT_MOST && size <= 0;
  if (isNothing(width, widthMode) || isNothing(height, heightMode)) return true;
  return widthMode === EXACT_SIZE && heightMode === EXACT_SIZE;
}

function setMeasured(node: LayoutNode, width: number, height: number): void {
  node.measured = { width: node.bounded(ROW, width), height: node.bounded(COLUMN, height) };
}

function measureEmpty(node: LayoutNode, { width, height, widthMode, heightMode }: AvailableSize): void {
  setMeasured(
    node,
    widthMode === EXACT_SIZE ? width : node.frameAlong(ROW),
    heightMode === EXACT_SIZE ? height : node.frameAlong(COLUMN),
  );
}

function measureText(node: LayoutNode, own: AvailableSize, measure: NonNullable<LayoutNode['measure']>): void {
  const { width, height, widthMode, heightMode } = own;
  if (widthMode === EXACT_SIZE && heightMode === EXACT_SIZE) {
    setMeasured(node, width, height);
    return;
  }
  const frame = { width: node.frameAlong(ROW), height: node.frameAlong(COLUMN) };
  const inner = (size: number, mode: SizeMode, taken: number) =>
    mode === ANY_SIZE || Number.isNaN(size) ? Number.NaN : larger(0, float(size - taken));
  const text = measure(
    inner(width, widthMode, frame.width),
    widthMode,
    inner(height, heightMode, frame.height),
    heightMode,
  );
  setMeasured(
    node,
    widthMode === EXACT_SIZE ? width : float(text.width + frame.width),
    heightMode === EXACT_SIZE ? height : float(text.height + frame.height),
  );
}

function layOutChildren(container: Container, own: AvailableSize): void {
  const { node, main, cross, mainMode, crossMode, isLayout } = container;
  findBases(container);
  const line = flexLineOf(container);
  const inner = container.inner[main.size];
  if (mainMode === EXACT_SIZE && !Number.isNaN(inner)) line.free = float(inner - line.used);
  else if (line.used < 0) line.free = -line.used;
  if (!isSizeAcrossKnown(container)) shareOut(container, line);
  justify(container, line);
  align(container, line);
  setMeasured(node, own.width, own.height);
  if (mainMode !== EXACT_SIZE) node.measured[main.size] = node.bounded(main, larger(0, line.mainSize));
  if (crossMode !== EXACT_SIZE) {
    node.measured[cross.size] = node.bounded(cross, float(line.crossSize + node.frameAlong(cross)));
  }
  if (!isLayout) return;
  if (main.isReversed) {
    for (const child of line.items) {
      child.position[main.end] = float(
        float(node.measured[main.size] - child.measured[main.size]) - child.position[main.start],
      );
    }
  }
  placeAbsolute(container);
}
