// What Yoga can lay out and this layout cannot: it is refused, never laid out in some other way.

import { float } from './lengths.ts';

/** The error of a style that is not supported. */
export function unsupported(what: string): Error {
  return new Error(
    `${what} is not supported by memtop's layout. Use another style, or add it to src/screen/ink/layout ` +
      'and to the test that compares it with Yoga.',
  );
}

/** A length in cells, or NaN for undefined: percentages and `auto` are refused. */
export function points(what: string, value: unknown): number {
  if (value === undefined) return Number.NaN;
  if (typeof value !== 'number') throw unsupported(`${what} of ${String(value)}`);
  return float(value);
}

/** The methods of Yoga's nodes that Ink calls for styles and hooks that nothing on the screen uses. */
export class UnsupportedStyles {
  setPosition(): never {
    throw unsupported('An offset (top, right, bottom, left)');
  }

  setPositionPercent(): never {
    throw unsupported('An offset in percent');
  }

  setFlexBasisPercent(): never {
    throw unsupported('flexBasis in percent');
  }

  setAlignContent(): never {
    throw unsupported('alignContent');
  }

  setWidthPercent(): never {
    throw unsupported('width in percent');
  }

  setHeightPercent(): never {
    throw unsupported('height in percent');
  }

  setMinWidth(): never {
    throw unsupported('minWidth');
  }

  setMinHeight(): never {
    throw unsupported('minHeight');
  }

  setMinHeightPercent(): never {
    throw unsupported('minHeight in percent');
  }

  setMaxWidth(): never {
    throw unsupported('maxWidth');
  }

  setMaxHeight(): never {
    throw unsupported('maxHeight');
  }

  setMaxHeightPercent(): never {
    throw unsupported('maxHeight in percent');
  }

  setAspectRatio(): never {
    throw unsupported('aspectRatio');
  }

  getComputedLayout(): never {
    throw unsupported('useBoxMetrics');
  }
}
