// The codes (SGR, ECMA-48 8.3.117) of a style on a terminal with the given number of colours.

import type { ColorDepth } from '../../model/appearance/appearance.ts';
import { existing } from '../../numbers/existing.ts';
import type { Style } from './themes.ts';

/** The six steps of red, green and blue in xterm's cube of 216 colours, and the first of the 24 greys behind it. */
const STEPS = [0, 95, 135, 175, 215, 255];
const CUBE = 16;
const GREYS = 232;
/** The first colour that users' palettes leave as it is: some put colours of their own in 16 to 21 (base16). */
const FIXED = 22;

/** The text between `ESC [` and `m`; empty for a style that changes nothing on this terminal. */
export function codesOf({ attributes, simple, ink, paper }: Style, depth: ColorDepth): string {
  if (depth < 8) return simple ?? attributes ?? '';
  return joined(attributes, colourCode('38', ink, depth), colourCode('48', paper, depth));
}

function joined(...codes: readonly (string | undefined)[]): string {
  return codes.filter((code) => code !== undefined && code !== '').join(';');
}

function colourCode(kind: '38' | '48', colour: string | undefined, depth: ColorDepth): string | undefined {
  if (colour === undefined) return undefined;
  // A colour of the palette has the shorter code, which is written with each change of style.
  const nearest = nearestOf256(colour);
  const isDirect = depth === 24 && (nearest < FIXED || colourOf256(nearest).join() !== channelsOf(colour).join());
  return isDirect ? `${kind};2;${channelsOf(colour).join(';')}` : `${kind};5;${nearest}`;
}

/** Red, green and blue of `#rrggbb`, from 0 to 255. */
export function channelsOf(colour: string): [red: number, green: number, blue: number] {
  const bits = Number.parseInt(colour.slice(1), 16);
  return [bits >> 16, (bits >> 8) & 0xff, bits & 0xff];
}

/** Red, green and blue of one of xterm's fixed colours, 16 to 255. */
function colourOf256(number: number): number[] {
  if (number >= GREYS) return new Array(3).fill(grey(number - GREYS));
  const place = number - CUBE;
  return [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((step) => existing(STEPS[step]));
}

function grey(step: number): number {
  return 8 + step * 10;
}

/** The nearest of xterm's fixed colours, 16 to 255: in the cube, or among the greys. */
export function nearestOf256(colour: string): number {
  const wanted = channelsOf(colour);
  const steps = wanted.map(nearestStep);
  const shade = Math.max(0, Math.min(23, Math.round((average(wanted) - 8) / 10)));
  const inCube = steps.map((step) => existing(STEPS[step]));
  const inGreys = wanted.map(() => grey(shade));
  if (distance(inGreys, wanted) < distance(inCube, wanted)) return GREYS + shade;
  return CUBE + steps.reduce((sum, step) => sum * 6 + step, 0);
}

function nearestStep(channel: number): number {
  return STEPS.reduce(
    (best, step, index) => (Math.abs(step - channel) < Math.abs((STEPS[best] ?? 0) - channel) ? index : best),
    0,
  );
}

function average(channels: readonly number[]): number {
  return channels.reduce((sum, channel) => sum + channel, 0) / channels.length;
}

function distance(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, channel, index) => sum + (channel - (other[index] ?? 0)) ** 2, 0);
}
