// The table of themes: one entry is a theme, one line of it what a role looks like.
import type { ThemeName } from '../model/look.ts';

/** What colours mean on the screen. A colour never says anything that a word or a sign does not say too. */
export const ROLES = ['title', 'quiet', 'selected', 'key', 'good', 'warn', 'bad', 'trend', 'mark', 'tagged'] as const;
export type Role = (typeof ROLES)[number];

/** The style of a role. All of it may be missing: the terminal's own colours. */
export interface Style {
  /** SGR codes for every terminal: 1 bold, 2 faint, 4 underlined, 7 reversed. */
  readonly attributes?: string;
  /** SGR codes where there are colours: of the first eight only, which the Linux console and GNU screen have too. */
  readonly basic?: string;
  /** What takes the place of `basic` where there are 256 colours or more: `#rrggbb` of the text, and behind it. */
  readonly ink?: string;
  readonly paper?: string;
  /** How bars and charts are drawn where text is reversed or has a paper of its own: those codes and no others. */
  readonly solid?: string;
}

/**
 * `default` keeps to the terminal's own palette, which its owner has chosen for its background. `high-contrast` uses
 * the terminal's own text and paper, in bold, and what needs a person has an ink and a paper that both are ours: at
 * least 7:1 whatever is around it (WCAG 2.2, 1.4.6). `colour-blind` takes those colours of Okabe and Ito's palette
 * ("Color Universal Design", 2008) that have 3:1 on black and on white alike (WCAG 2.2, 1.4.11), for nobody tells us
 * the background; purple and green a shade darker, so that their nearest of 256 have it too. A test computes all of
 * that.
 */
export const STYLES: Readonly<Record<ThemeName, Readonly<Record<Role, Style>>>> = {
  default: {
    title: { attributes: '1' },
    quiet: { attributes: '2' },
    selected: { basic: '30;46' },
    key: { basic: '36' },
    good: { basic: '32' },
    warn: { basic: '33' },
    bad: { basic: '31' },
    trend: { basic: '36' },
    mark: { basic: '1;36' },
    tagged: { basic: '1;33' },
  },
  'high-contrast': {
    title: { attributes: '1;4' },
    quiet: {},
    selected: { attributes: '1;7' },
    key: { attributes: '1' },
    good: { attributes: '1' },
    warn: { basic: '30;43', ink: '#000000', paper: '#ffd700', solid: '1' },
    bad: { attributes: '1', basic: '37;41', ink: '#ffffff', paper: '#870000', solid: '1' },
    trend: { attributes: '1' },
    mark: { attributes: '1;7' },
    tagged: { attributes: '1' },
  },
  monochrome: {
    title: { attributes: '1' },
    quiet: { attributes: '2' },
    selected: { attributes: '7' },
    key: { attributes: '1' },
    good: {},
    warn: { attributes: '1' },
    bad: { attributes: '1;7', solid: '1' },
    trend: {},
    mark: { attributes: '1' },
    tagged: { attributes: '1' },
  },
  'colour-blind': {
    title: { attributes: '1' },
    quiet: { ink: '#767676' },
    selected: { basic: '30;46', ink: '#000000', paper: '#56b4e9' },
    key: { basic: '36', ink: '#0072b2' },
    good: { basic: '34', ink: '#0072b2' },
    warn: { basic: '35', ink: '#c2699a' },
    bad: { attributes: '1', basic: '33', ink: '#d55e00' },
    trend: { basic: '36', ink: '#00916a' },
    mark: { attributes: '1', basic: '36', ink: '#00916a' },
    tagged: { attributes: '1', basic: '36', ink: '#0072b2' },
  },
};
