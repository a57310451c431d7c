// Colours computed: contrast as WCAG 2.2 defines it, and what people see who see fewer colours.
import { describe, expect, it } from 'vitest';
import { type ColorDepth, THEMES, THRESHOLDS, type ThemeName } from '../../../src/model/appearance/appearance.ts';
import { channelsOf, codesOf, nearestOf256 } from '../../../src/screen/theme/colour.ts';
import { themeOf } from '../../../src/screen/theme/theme.ts';
import { ROLES, stylesOf } from '../../../src/screen/theme/themes.ts';
import { BACKGROUNDS, PALETTES } from '../../helpers/palettes.ts';

type Rgb = readonly [number, number, number];

const linear = (channel: number) => {
  const fraction = channel / 255;
  return fraction <= 0.04045 ? fraction / 12.92 : ((fraction + 0.055) / 1.055) ** 2.4;
};
const luminance = (colour: Rgb) => {
  const [red, green, blue] = colour.map(linear) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: Rgb, other: Rgb) => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
};

/** One of xterm's colours 16 to 255. */
function of256(index: number): Rgb {
  if (index >= 232) return [8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10];
  const steps = [0, 95, 135, 175, 215, 255];
  const at = (power: number) => steps[Math.floor((index - 16) / power) % 6] as number;
  return [at(36), at(6), at(1)];
}
const shownAt = (colour: string, depth: 8 | 24) => (depth === 24 ? channelsOf(colour) : of256(nearestOf256(colour)));

const GROUNDS = ['dark', 'light'] as const;
/** Themes and the backgrounds they are for. */
const SHOWN = THEMES.flatMap((theme) =>
  GROUNDS.filter((ground) => (theme !== 'dark' && theme !== 'light') || theme === ground).map(
    (ground) => [theme, ground] as const,
  ),
);

describe('contrast', () => {
  const pairs = SHOWN.flatMap(([theme, ground]) =>
    ROLES.flatMap((role) => {
      const { ink, paper } = stylesOf(theme, ground)[role];
      return ([8, 24] as const).flatMap((depth) =>
        ink === undefined && paper === undefined ? [] : [{ theme, ground, role, depth, ink, paper }],
      );
    }),
  );
  const leastOf = (theme: ThemeName) => (theme === 'high-contrast' ? 7 : 4.5);

  it.each(pairs)('$theme on $ground, $role, $depth bits: it can be read', ({ theme, ground, depth, ink, paper }) => {
    expect(ink).toBeDefined();
    const text = shownAt(ink ?? '', depth);
    const behind = paper === undefined ? Object.entries(BACKGROUNDS[ground]) : [['its paper', paper] as const];
    for (const [name, colour] of behind) {
      const under = paper === undefined ? channelsOf(colour) : shownAt(colour, depth);
      expect(contrast(text, under), name).toBeGreaterThanOrEqual(leastOf(theme));
    }
  });

  it('the bar of the selected row can be told from every background', () => {
    for (const ground of GROUNDS) {
      const { paper } = stylesOf('default', ground).selected;
      for (const [name, colour] of Object.entries(BACKGROUNDS[ground]))
        expect(contrast(channelsOf(paper ?? ''), channelsOf(colour)), name).toBeGreaterThan(1.7);
    }
  });

  it("of the terminal's own sixteen colours none is used", () => {
    for (const [theme, ground] of SHOWN) {
      for (const role of ROLES) {
        for (const depth of [1, 4, 8, 24] as const) {
          const codes = codesOf(stylesOf(theme, ground)[role], depth).replace(/[34]8;(?:5;\d+|2;\d+;\d+;\d+)/g, '');
          expect(codes, `${theme} ${role}`).toMatch(/^[1247;]*$/);
        }
      }
    }
  });

  it('which is right: on a light background not one of the coloured ones can be read in every usual palette', () => {
    const light = Object.values(PALETTES).filter(({ background }) => background === 'light');
    for (let index = 1; index < 16; index += 1) {
      const worst = Math.min(
        ...light.map(({ ground, colours }) => contrast(channelsOf(colours[index] ?? ground), channelsOf(ground))),
      );
      expect(worst).toBeLessThan(4.5);
    }
  });
});

describe('colours that everyone can distinguish', () => {
  /** Severity 1.0 of Machado, Oliveira and Fernandes, "A Physiologically-based Model", 2009, table 1. */
  const SEEN = {
    'as most people': [1, 0, 0, 0, 1, 0, 0, 0, 1],
    protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
    deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
    tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  } as const;
  /** CIE 1976 L*a*b*, D65, of linear red, green and blue. */
  const lab = ([r, g, b]: number[]) => {
    const [red = 0, green = 0, blue = 0] = [r, g, b];
    const f = (value: number) => (value > 216 / 24389 ? Math.cbrt(value) : (value * 24389) / 27 / 116 + 16 / 116);
    const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
    const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const seen = (colour: string, depth: 8 | 24, matrix: readonly number[]) => {
    const light = shownAt(colour, depth).map(linear);
    const part = (row: number) =>
      light.reduce((sum, channel, index) => sum + channel * (matrix[row * 3 + index] as number), 0);
    return lab([part(0), part(1), part(2)].map((value) => Math.max(0, Math.min(1, value))));
  };
  const difference = (one: number[], other: number[]) =>
    Math.hypot(...one.map((value, index) => value - (other[index] as number)));

  const cases = Object.entries(SEEN).flatMap(([sight, matrix]) =>
    GROUNDS.map((ground) => [sight, ground, matrix] as const),
  );
  it.each(cases)('good, warn and bad of the theme for it: %s, on %s', (_, ground, matrix) => {
    const styles = stylesOf('colour-blind', ground);
    for (const depth of [8, 24] as const) {
      const [good = [], warn = [], bad = []] = [styles.good, styles.warn, styles.bad].map(({ ink }) =>
        seen(ink ?? '', depth, matrix),
      );
      // 2.3 is just noticeable side by side; ten times that is told apart at a glance.
      expect(Math.min(difference(good, warn), difference(warn, bad), difference(good, bad))).toBeGreaterThan(20);
    }
  });
});

describe('what a terminal is sent', () => {
  const named = (theme: ThemeName, colorDepth: ColorDepth, color = true) =>
    themeOf({ ascii: false, color, colorDepth, theme, background: 'dark', graph: 'blocks', thresholds: THRESHOLDS });

  it('only codes of its depth', () => {
    const { bad } = stylesOf('colour-blind', 'dark');
    expect([1, 4, 8, 24].map((depth) => codesOf(bad, depth as ColorDepth))).toEqual([
      '1;7',
      '1;7',
      '1;38;5;208',
      '1;38;5;208',
    ]);
    // What the palette does not have, and where users put colours of their own, is sent as it is.
    expect(codesOf({ ink: '#ff7575', paper: '#0000af' }, 24)).toBe('38;2;255;117;117;48;2;0;0;175');
    expect(codesOf({ ink: '#a8a8a8', paper: '#005f87' }, 24)).toBe('38;5;248;48;5;24');
    for (const theme of THEMES) {
      for (const role of ROLES) {
        expect(named(theme, 1).paint(role, '')).toBe('');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is looked at.
        expect(named(theme, 1).paint(role, 'x')).toMatch(/^(?:\u001b\[[1247](?:;[1247])*mx\u001b\[0m|x)$/);
        expect(named(theme, 4).paint(role, 'x')).not.toMatch(/[34]8;/);
        expect(named(theme, 8).paint(role, 'x')).not.toMatch(/[34]8;2/);
        expect(named(theme, 24, false).paint(role, 'x')).toBe('x');
      }
    }
  });

  it('nothing reversed or on paper of its own where solid signs are drawn', () => {
    for (const theme of THEMES) {
      for (const depth of [1, 4, 8, 24] as const) {
        for (const role of ['good', 'warn', 'bad', 'trend'] as const) {
          expect(named(theme, depth).fill(role, '█')).not.toMatch(/[[;](?:7|4\d)(?:;|m)(?!\d+;\d+;\d+m)/);
        }
      }
    }
  });

  it('the thresholds of the settings decide the colour', () => {
    const theme = themeOf({
      ascii: false,
      color: false,
      colorDepth: 1,
      theme: 'default',
      background: 'dark',
      graph: 'blocks',
      thresholds: { fine: 10, tight: 20, short: 30 },
    });
    expect([9, 10, 20, 30].map((percent) => theme.severity(percent).role)).toEqual(['good', 'good', 'warn', 'bad']);
  });
});
