// A node of the layout: its place in the tree, and what was computed of it. Its methods are those of Yoga's nodes that Ink calls.

import { alongAxis, type Dimension, type FlexAxis, type Sides } from './axis.ts';
import { constants, type SizeMode } from './constants.ts';
import { NO_EDGES, sideOf } from './edges.ts';
import { type AvailableSize, KnownSizes } from './known-sizes.ts';
import { float, larger } from './lengths.ts';
import { NodeStyles } from './styles.ts';

/** Lays a node out in a space, or only measures it. */
export type Visit = (node: LayoutNode, space: AvailableSize, isLayout: boolean) => void;

/** Measures a text in the space that it gets, in cells; an undefined space is NaN. */
export type MeasureText = (
  width: number,
  widthMode: SizeMode,
  height: number,
  heightMode: SizeMode,
) => Readonly<Record<Dimension, number>>;

export class LayoutNode extends NodeStyles {
  parent: LayoutNode | undefined;
  readonly children: LayoutNode[] = [];
  measure: MeasureText | undefined;
  /** Texts are rounded so that they never get fewer cells than they need. */
  isText = false;
  isDirty = true;
  /** The size along the parent's main axis before growing and shrinking; NaN before it is known. */
  flexBasis = Number.NaN;
  /** From the parent's sides, in cells. */
  position: Sides = { ...NO_EDGES };
  /** The size before it is rounded, and after. */
  measured = { width: Number.NaN, height: Number.NaN };
  computed = { width: Number.NaN, height: Number.NaN };
  readonly known = new KnownSizes();
  /** Whether it was laid out or measured since it was created or hidden. */
  isVisited = false;
  /** The number of the layout that visited it last. */
  pass = 0;

  getChildCount(): number {
    return this.children.length;
  }

  insertChild(child: LayoutNode, index: number): void {
    if (child.parent !== undefined) throw new Error('A child of one node cannot become the child of another.');
    this.children.splice(index, 0, child);
    child.parent = this;
    this.markDirty();
  }

  removeChild(child: LayoutNode): void {
    if (child.parent !== this) return;
    this.children.splice(this.children.indexOf(child), 1);
    child.parent = undefined;
    child.forgetLayout();
    this.markDirty();
  }

  /** Memory is given back by the garbage collection: the node only leaves its tree. */
  free(): void {
    const siblings = this.parent?.children;
    siblings?.splice(siblings.indexOf(this), 1);
    this.parent = undefined;
    for (const child of this.children) child.parent = undefined;
    this.children.length = 0;
  }

  freeRecursive(): void {
    for (const child of [...this.children]) child.freeRecursive();
    this.free();
  }

  setMeasureFunc(measure: MeasureText): void {
    this.measure = measure;
    this.isText = true;
  }

  unsetMeasureFunc(): void {
    this.measure = undefined;
    this.isText = false;
  }

  /** What was computed of it and of all it is in does not hold any more. */
  override markDirty(): void {
    if (this.isDirty) return;
    this.isDirty = true;
    this.flexBasis = Number.NaN;
    this.parent?.markDirty();
  }

  /** As it was before the first layout. */
  forgetLayout(): void {
    this.flexBasis = Number.NaN;
    this.position = { ...NO_EDGES };
    this.measured = { width: Number.NaN, height: Number.NaN };
    this.computed = { width: Number.NaN, height: Number.NaN };
    this.known.forget();
    this.isVisited = false;
    this.pass = 0;
  }

  /** What padding and border take along an axis. */
  frameAlong(axis: FlexAxis): number {
    return alongAxis(this.padding, axis) + alongAxis(this.border, axis);
  }

  /** A size, which is never less than padding and border take. */
  bounded(axis: FlexAxis, size: number): number {
    return larger(size, this.frameAlong(axis));
  }

  /** What it takes of its parent along an axis. */
  outerSize(axis: FlexAxis): number {
    return float(this.measured[axis.size] + alongAxis(this.margin, axis));
  }

  /** Whether a size was given. */
  hasGiven(size: Dimension): boolean {
    return this.given[size] >= 0;
  }

  /** Whether it takes part in growing or shrinking. */
  isFlexible(): boolean {
    return !this.isAbsolute && (this.growth() !== 0 || this.shrinking() !== 0);
  }

  /** The root neither grows nor shrinks. */
  growth(): number {
    return this.parent === undefined ? 0 : this.grow;
  }

  shrinking(): number {
    return this.parent === undefined ? 0 : this.shrink;
  }

  getDisplay(): number {
    return this.isHidden ? constants.DISPLAY_NONE : constants.DISPLAY_FLEX;
  }

  getComputedLeft(): number {
    return this.position.left;
  }

  getComputedTop(): number {
    return this.position.top;
  }

  getComputedWidth(): number {
    return this.computed.width;
  }

  getComputedHeight(): number {
    return this.computed.height;
  }

  getComputedMargin(edge: number): number {
    return this.margin[sideOf(edge)];
  }

  getComputedPadding(edge: number): number {
    return this.padding[sideOf(edge)];
  }

  getComputedBorder(edge: number): number {
    return this.border[sideOf(edge)];
  }
}
