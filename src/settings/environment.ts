// What the environment tells about the terminal: UTF-8, colours, background, mouse, or a dumb terminal.

import type { Background, ColorDepth } from '../model/appearance/appearance.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether characters beyond ASCII can be shown: the first of LC_ALL, LC_CTYPE and LANG that is set and not empty
 * decides, and none means the C locale (POSIX.1-2017, Base Definitions, 8.2). Windows has no such variables and
 * its terminals show UTF-8.
 */
export function showsUtf8(environment: Environment, platform: string): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  if (!locale) return platform === 'win32';
  return /utf-?8/i.test(locale);
}

/** Whether colour is welcome: NO_COLOR that is set and not empty says no (no-color.org). */
export function welcomesColor(environment: Environment): boolean {
  return !environment['NO_COLOR'];
}

/** Whether the terminal cannot move its cursor (terminfo's name for it is `dumb`). */
export function isDumb(environment: Environment): boolean {
  return environment['TERM'] === 'dumb';
}

/** Terminals that show any colour and say so by their name alone: kitty, Ghostty, Alacritty, foot, `xterm-direct`. */
const TRUE_COLOR = /kitty|ghostty|alacritty|foot|wezterm|-direct/;
/** Terminals without colour: DEC's, and what terminfo calls monochrome (`xterm-mono`, `vt220`, `screen-m`). */
const NO_COLOR_TERM = /^(?:vt\d+|dumb|unknown|ansi-m)|-mono$|-m$/;

/**
 * How many colours the terminal shows, in bits. COLORTERM counts unless it can only have come from the
 * terminal around this one: GNU screen before 5.0 garbles true colour, and the Linux console has a palette of sixteen.
 */
export function colorDepthOf(environment: Environment, platform: string): ColorDepth {
  const term = environment['TERM'] ?? '';
  if (!welcomesColor(environment)) return 1;
  // Its consoles have shown all colours since Windows 10, and set no TERM.
  if (term === '') return platform === 'win32' ? 24 : 1;
  if (NO_COLOR_TERM.test(term)) return 1;
  if (TRUE_COLOR.test(term)) return 24;
  const isScreen = term.startsWith('screen') && !environment['TMUX'];
  const isBelieved = !isScreen && term !== 'linux';
  if (isBelieved && /^(?:truecolor|24bit)$/.test(environment['COLORTERM'] ?? '')) return 24;
  return term.includes('256color') ? 8 : 4;
}

/**
 * The background where the terminal says it: rxvt, Konsole and others set COLORFGBG to the numbers of the colours that
 * they write with and on, such as `15;0` or `0;default;15`. Of the sixteen, 7 and from 9 on are light. Undefined
 * where it is not known.
 */
export function backgroundOf(environment: Environment): Background | undefined {
  const last = environment['COLORFGBG']?.split(';').at(-1) ?? '';
  if (!/^(?:\d|1[0-5])$/.test(last)) return undefined;
  return last === '7' || Number(last) >= 9 ? 'light' : 'dark';
}

/** Terminals that answer queries or silently ignore them, by the beginning of their names in terminfo. */
const ANSWERING =
  /^(?:xterm|tmux|rxvt|alacritty|foot|ghostty|kitty|wezterm|konsole|gnome|vte|iterm2?|mintty|putty|contour|st)(?:[-.+]|$)/;

/**
 * Whether the terminal may be sent a query by an escape sequence. The Linux console writes some of them out, GNU
 * screen (STY, or a TERM of `screen` that is not tmux's) gives the answer of another terminal or none.
 */
export function answersQueries(environment: Environment): boolean {
  const term = environment['TERM'] ?? '';
  if (environment['TMUX']) return ANSWERING.test(term) || term.startsWith('screen');
  return environment['STY'] === undefined && ANSWERING.test(term);
}

/** Whether the terminal's font has the eight heights of block: the Linux console's 512 characters leave them out. */
export function drawsBlocks(environment: Environment): boolean {
  return environment['TERM'] !== 'linux';
}

/**
 * Whether the mouse can be had without losing keys. GNU screen (4.9) takes a lone Esc for the beginning of a report as
 * long as a program in it wants the mouse, and hands it on with the next key only. It names itself by STY, which sudo
 * drops, and by a TERM such as `screen.xterm-256color`, which tmux never has.
 */
export function sparesMouse(environment: Environment): boolean {
  return environment['STY'] === undefined && environment['TERM']?.startsWith('screen.') !== true;
}
