// Dark or light: which of a theme's two sets of styles can be read on a background of this colour.
import type { Background, ThemeName } from '../../model/appearance/appearance.ts';
import { channelsOf } from './colour.ts';
import { ROLES, type Styles, stylesOf } from './themes.ts';

/** Red, green and blue, each from 0 to 1. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Whether a theme has other styles on a light background than on a dark one. */
export function followsBackground(theme: ThemeName): boolean {
  return stylesOf(theme, 'light') !== stylesOf(theme, 'dark');
}

/** The background that this colour is to be taken for: the one whose styles have the better contrast in the worst case. */
export function backgroundFor(theme: ThemeName, colour: Colour): Background {
  const light = worstContrast(stylesOf(theme, 'light'), colour);
  return light > worstContrast(stylesOf(theme, 'dark'), colour) ? 'light' : 'dark';
}

/** The least contrast (WCAG 2.2, 1.4.3) of text that stands on the terminal's own background. */
function worstContrast(styles: Styles, background: Colour): number {
  const behind = luminance(background);
  let worst = Number.POSITIVE_INFINITY;
  for (const role of ROLES) {
    const { ink, paper } = styles[role];
    if (ink === undefined || paper !== undefined) continue;
    const [red, green, blue] = channelsOf(ink);
    const text = luminance({ red: red / 255, green: green / 255, blue: blue / 255 });
    worst = Math.min(worst, (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05));
  }
  return worst;
}

/** Relative luminance (WCAG 2.2, with the threshold of IEC 61966-2-1): 0 for black, 1 for white. */
export function luminance({ red, green, blue }: Colour): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
