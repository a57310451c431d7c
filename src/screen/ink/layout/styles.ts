// The styles of a node that can be given, each set by the method of Yoga that Ink calls for it.

import { type Dimension, mainAxisOf, type Sides } from './axis.ts';
import { constants } from './constants.ts';
import { Edges, NO_EDGES } from './edges.ts';
import { points, UnsupportedStyles, unsupported } from './unsupported.ts';

const { GUTTER_ALL, GUTTER_COLUMN, GUTTER_ROW } = constants;

/** Every length is in cells; one that was not given is NaN. */
export abstract class NodeStyles extends UnsupportedStyles {
  axis = mainAxisOf(constants.FLEX_DIRECTION_COLUMN);
  justify: number = constants.JUSTIFY_FLEX_START;
  alignItems: number = constants.ALIGN_STRETCH;
  alignSelf: number = constants.ALIGN_AUTO;
  grow = 0;
  shrink = 0;
  basis = Number.NaN;
  isHidden = false;
  isAbsolute = false;
  margin: Readonly<Sides> = NO_EDGES;
  padding: Readonly<Sides> = NO_EDGES;
  border: Readonly<Sides> = NO_EDGES;
  readonly given: Record<Dimension, number> = { width: Number.NaN, height: Number.NaN };
  /** Between children that follow each other along an axis, by the size of the axis. */
  readonly gap: Record<Dimension, number> = { width: 0, height: 0 };
  #margins: Edges | undefined;
  #paddings: Edges | undefined;
  #borders: Edges | undefined;
  readonly #gaps = new Map<number, number>();

  /** What was computed does not hold any more. */
  abstract markDirty(): void;

  setFlexDirection(direction: number): void {
    this.axis = this.#changed(this.axis, mainAxisOf(direction));
  }

  setJustifyContent(justify: number): void {
    this.justify = this.#changed(this.justify, justify);
  }

  setAlignItems(align: number): void {
    if (align === constants.ALIGN_BASELINE) throw unsupported('alignItems: baseline');
    this.alignItems = this.#changed(this.alignItems, align);
  }

  setAlignSelf(align: number): void {
    if (align === constants.ALIGN_BASELINE) throw unsupported('alignSelf: baseline');
    this.alignSelf = this.#changed(this.alignSelf, align);
  }

  setFlexWrap(wrap: number): void {
    if (wrap !== constants.WRAP_NO_WRAP) throw unsupported('flexWrap');
  }

  setFlexGrow(grow: number | undefined): void {
    this.grow = this.#changed(this.grow, points('flexGrow', grow ?? 0));
  }

  setFlexShrink(shrink: number | undefined): void {
    this.shrink = this.#changed(this.shrink, points('flexShrink', shrink ?? 0));
  }

  setFlexBasis(basis: number | undefined): void {
    this.basis = this.#changed(this.basis, points('flexBasis', basis));
  }

  setFlexBasisAuto(): void {
    this.setFlexBasis(undefined);
  }

  setWidth(width: number | undefined): void {
    this.given.width = this.#changed(this.given.width, points('width', width));
  }

  setWidthAuto(): void {
    this.setWidth(undefined);
  }

  setHeight(height: number | undefined): void {
    this.given.height = this.#changed(this.given.height, points('height', height));
  }

  setHeightAuto(): void {
    this.setHeight(undefined);
  }

  setDisplay(display: number): void {
    this.isHidden = this.#changed(this.isHidden, display === constants.DISPLAY_NONE);
  }

  setPositionType(type: number): void {
    if (type === constants.POSITION_TYPE_STATIC) throw unsupported('position: static');
    this.isAbsolute = this.#changed(this.isAbsolute, type === constants.POSITION_TYPE_ABSOLUTE);
  }

  setMargin(edge: number, margin: number | undefined): void {
    this.#margins ??= new Edges(Number.NEGATIVE_INFINITY);
    this.margin = this.#changed(this.margin, this.#margins.set(edge, margin) ?? this.margin);
  }

  setPadding(edge: number, padding: number | undefined): void {
    this.#paddings ??= new Edges(0);
    this.padding = this.#changed(this.padding, this.#paddings.set(edge, padding) ?? this.padding);
  }

  setBorder(edge: number, border: number | undefined): void {
    this.#borders ??= new Edges(0);
    this.border = this.#changed(this.border, this.#borders.set(edge, border) ?? this.border);
  }

  /** Columns are side by side, so their gap is one of width. */
  setGap(gutter: number, gap: number | undefined): void {
    this.#gaps.set(gutter, points('gap', gap));
    this.gap.width = this.#changed(this.gap.width, this.#gapOf(GUTTER_COLUMN));
    this.gap.height = this.#changed(this.gap.height, this.#gapOf(GUTTER_ROW));
  }

  #gapOf(gutter: number): number {
    const own = this.#gaps.get(gutter) ?? Number.NaN;
    const used = Number.isNaN(own) ? (this.#gaps.get(GUTTER_ALL) ?? 0) : own;
    return Math.max(0, Number.isNaN(used) ? 0 : used);
  }

  /** The new value of a style; what was computed is kept only where it is the old one. */
  #changed<Value>(before: Value, after: Value): Value {
    if (!Object.is(before, after)) this.markDirty();
    return after;
  }
}
