import { describe, expect, it } from 'vitest';
import { backgroundFor, followsBackground, luminance } from '../../../src/screen/theme/background.ts';
import { channelsOf } from '../../../src/screen/theme/colour.ts';
import { BACKGROUNDS } from '../../helpers/palettes.ts';

const colourOf = (hex: string) => {
  const [red, green, blue] = channelsOf(hex);
  return { red: red / 255, green: green / 255, blue: blue / 255 };
};
const grey = (part: number) => ({ red: part, green: part, blue: part });

describe('dark or light', () => {
  it.each(['dark', 'light'] as const)('every usual %s background is one', (expected) => {
    for (const theme of ['default', 'colour-blind'] as const) {
      for (const [name, hex] of Object.entries(BACKGROUNDS[expected]))
        expect([name, backgroundFor(theme, colourOf(hex))]).toEqual([name, expected]);
    }
  });

  it('changes once from black to white, where green is lighter than blue', () => {
    const steps = Array.from({ length: 256 }, (_, step) => backgroundFor('default', grey(step / 255)));
    const first = steps.indexOf('light');
    expect(first).toBeGreaterThan(90);
    expect(first).toBeLessThan(170);
    expect(new Set(steps.slice(first))).toEqual(new Set(['light']));
    expect(backgroundFor('default', { red: 0, green: 1, blue: 0 })).toBe('light');
    expect(backgroundFor('default', { red: 0, green: 0, blue: 1 })).toBe('dark');
  });

  it('matters to the themes that have styles for both', () => {
    const themes = ['default', 'colour-blind', 'dark', 'light', 'high-contrast', 'monochrome'] as const;
    expect(themes.filter(followsBackground)).toEqual(['default', 'colour-blind']);
  });

  it.each([
    ['#000000', 0],
    ['#ffffff', 1],
    ['#777777', 0.184],
    ['#ff0000', 0.2126],
  ])('the relative luminance of %s is %d', (hex, expected) => {
    expect(luminance(colourOf(hex))).toBeCloseTo(expected, 3);
  });
});
