// The appearance settings of the screen: names and numbers. How they are drawn is in screen/.

import type { Graph } from '../../text/sparkline.ts';

export const THEMES = ['default', 'dark', 'light', 'high-contrast', 'monochrome', 'colour-blind'] as const;
export type ThemeName = (typeof THEMES)[number];

/** The background of the terminal. */
export type Background = 'dark' | 'light';

/** Bits of colour a terminal has, as Node.js counts them: 1 none, 4 the palette of eight or sixteen, 8 256, 24 all. */
export type ColorDepth = 1 | 4 | 8 | 24;

/** Percent in use from which memory counts as fine (no longer ample), tight, and short. */
export interface Thresholds {
  readonly fine: number;
  readonly tight: number;
  readonly short: number;
}

export const THRESHOLDS: Thresholds = { fine: 50, tight: 70, short: 90 };

export interface Appearance {
  /** Signs and charts in ASCII. */
  readonly ascii: boolean;
  /** Whether any style is used. */
  readonly color: boolean;
  readonly colorDepth: ColorDepth;
  readonly theme: ThemeName;
  readonly background: Background;
  readonly graph: Graph;
  readonly thresholds: Thresholds;
}
