// The table of themes: one entry is a theme, one line of it how a role appears.
import type { Background, ThemeName } from '../../model/appearance/appearance.ts';

/** The meaning of colours on the screen. A colour never carries information that a word or a sign does not carry too. */
export const ROLES = [
  'title',
  'sorted',
  'quiet',
  'selected',
  'selectedWarn',
  'selectedBad',
  'key',
  'good',
  'warn',
  'bad',
  'trend',
  'mark',
  'tagged',
] as const;
export type Role = (typeof ROLES)[number];

/** The style of a role. All of it may be missing: the terminal's own colours. */
export interface Style {
  /** SGR codes for every terminal: 1 bold, 2 faint, 4 underlined, 7 reversed. */
  readonly attributes?: string;
  /** The replacement where there are fewer than 256 colours, whose shades differ from terminal to terminal. */
  readonly simple?: string;
  /** Where there are 256 colours or more: `#rrggbb` of the text, and behind it. */
  readonly ink?: string;
  readonly paper?: string;
  /** How bars and charts are drawn where text is reversed or has a paper of its own: those codes and no others. */
  readonly solid?: string;
}

export type Styles = Readonly<Record<Role, Style>>;

/** Without colours: bold for what matters, reversed for alarms. */
const MONOCHROME: Styles = {
  title: { attributes: '1' },
  sorted: { attributes: '1;4' },
  quiet: {},
  selected: { attributes: '7' },
  selectedWarn: { attributes: '1;7' },
  selectedBad: { attributes: '1;4;7' },
  key: { attributes: '1' },
  good: {},
  warn: { attributes: '1' },
  bad: { attributes: '1;7', solid: '1' },
  trend: {},
  mark: { attributes: '1' },
  tagged: { attributes: '1' },
};

/** The bar of the selected row brings its own paper, the same on every background. */
const SELECTED = {
  selected: { attributes: '1', simple: '7', ink: '#ffffff', paper: '#005f87' },
  selectedWarn: { attributes: '1', simple: '1;7', ink: '#ffff87', paper: '#005f87' },
  selectedBad: { attributes: '1', simple: '1;4;7', ink: '#ffffff', paper: '#af0000' },
} as const;

const DARK: Styles = {
  ...SELECTED,
  title: { attributes: '1' },
  sorted: { attributes: '1', simple: '1;4', ink: '#5fd7ff' },
  quiet: { ink: '#a8a8a8' },
  key: { simple: '1', ink: '#5fd7ff' },
  good: { ink: '#87d787' },
  warn: { simple: '1', ink: '#ffd75f' },
  bad: { attributes: '1', simple: '1;7', ink: '#ff7575', solid: '1' },
  trend: { ink: '#5fafd7' },
  mark: { attributes: '1', ink: '#5fd7ff' },
  tagged: { attributes: '1', ink: '#d7afff' },
};

const LIGHT: Styles = {
  ...SELECTED,
  title: { attributes: '1' },
  sorted: { attributes: '1', simple: '1;4', ink: '#005f87' },
  quiet: { ink: '#626262' },
  key: { simple: '1', ink: '#005f87' },
  good: { ink: '#005f00' },
  warn: { simple: '1', ink: '#875f00' },
  bad: { attributes: '1', simple: '1;7', ink: '#af0000', solid: '1' },
  trend: { ink: '#005f87' },
  mark: { attributes: '1', ink: '#005f87' },
  tagged: { attributes: '1', ink: '#870087' },
};

const HIGH_CONTRAST: Styles = {
  title: { attributes: '1;4' },
  sorted: { attributes: '1;7' },
  quiet: {},
  selected: { attributes: '1;7' },
  selectedWarn: { attributes: '1;7' },
  selectedBad: { attributes: '1;4;7' },
  key: { attributes: '1' },
  good: { attributes: '1' },
  warn: { simple: '1;7', ink: '#000000', paper: '#ffd700', solid: '1' },
  bad: { attributes: '1', simple: '1;7', ink: '#ffffff', paper: '#870000', solid: '1' },
  trend: { attributes: '1' },
  mark: { attributes: '1;7' },
  tagged: { attributes: '1' },
};

/** Blue, yellow and vermilion as in Okabe and Ito's palette ("Color Universal Design", 2008), shaded for the background. */
const COLOUR_BLIND: Readonly<Record<Background, Styles>> = {
  dark: {
    ...DARK,
    sorted: { attributes: '1', simple: '1;4', ink: '#5fafff' },
    key: { simple: '1', ink: '#5fafff' },
    good: { ink: '#5fafff' },
    warn: { simple: '1', ink: '#ffffaf' },
    bad: { attributes: '1', simple: '1;7', ink: '#ff8700', solid: '1' },
  },
  light: {
    ...LIGHT,
    sorted: { attributes: '1', simple: '1;4', ink: '#005faf' },
    key: { simple: '1', ink: '#005faf' },
    good: { ink: '#005faf' },
    warn: { simple: '1', ink: '#875f00' },
    bad: { attributes: '1', simple: '1;7', ink: '#5f0000', solid: '1' },
  },
};

/**
 * The styles of a theme on a background. `default` is dark or light as the terminal is. Every ink has a contrast of at
 * least 4.5:1 (WCAG 2.2, 1.4.3) against the backgrounds of the usual palettes, and against its own paper; that of
 * `high-contrast` 7:1 (1.4.6). A test computes all of that. The first sixteen colours are never used: of the terminal's
 * own palette nothing is known, and on a light background hardly one of them can be read.
 */
export function stylesOf(theme: ThemeName, background: Background): Styles {
  switch (theme) {
    case 'default':
      return background === 'light' ? LIGHT : DARK;
    case 'dark':
      return DARK;
    case 'light':
      return LIGHT;
    case 'high-contrast':
      return HIGH_CONTRAST;
    case 'monochrome':
      return MONOCHROME;
    case 'colour-blind':
      return COLOUR_BLIND[background];
  }
}
