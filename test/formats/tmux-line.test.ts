import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatStatusLine, STATUS_WIDTH } from '../../src/formats/tmux-line.ts';
import { cellWidth } from '../../src/text/width.ts';
import { FORBIDDEN, HOSTILE, MEMORY } from '../helpers/reports.ts';

const PLAIN = { ascii: false, tmux: false };
const PYTHON = { name: 'python3', rss: 245 * 2 ** 20 };
const MIB = 2 ** 20;

describe('the status line', () => {
  it('shows used and total memory, and names a process', () => {
    expect(formatStatusLine({ system: MEMORY, suspect: PYTHON }, PLAIN)).toBe('mem 1.68G/1.95G used python3 245M');
  });

  it('shows trend and growth when they are known', () => {
    const trend = [100, 200, 300, 400, 500, 600];
    const suspect = { ...PYTHON, growth: (14.2 * MIB) / 60 };
    expect(formatStatusLine({ system: MEMORY, trend, suspect }, PLAIN)).toBe(
      'mem 1.68G/1.95G used ▁▂▃▅▆▇ python3 245M +14.2M/min',
    );
    expect(formatStatusLine({ system: MEMORY, trend, suspect }, { ascii: true, tmux: false })).toMatch(
      /^[\x20-\x7e]*$/,
    );
  });

  it('shows when memory will be full where that is forecast, and cuts the name for it', () => {
    const line = { system: MEMORY, suspect: { ...PYTHON, growth: (14.2 * MIB) / 60 }, exhaustedIn: 19.4 * 60_000 };
    expect(formatStatusLine(line, PLAIN)).toBe('mem 1.68G/1.95G used python3 245M +14.2M/min full 19m');
    const long = formatStatusLine({ ...line, suspect: { ...line.suspect, name: 'n'.repeat(99) } }, PLAIN);
    expect(long).toMatch(/n… ?245M \+14.2M\/min full 19m$|n+ 245M \+14.2M\/min full 19m$/);
    expect(cellWidth(long)).toBeLessThan(STATUS_WIDTH);
  });

  it('begins its chart with the first cell that is known', () => {
    expect(formatStatusLine({ system: MEMORY, trend: [Number.NaN, 1, 2] }, PLAIN)).toBe('mem 1.68G/1.95G used ▁▇');
    expect(formatStatusLine({ system: MEMORY, trend: [Number.NaN] }, PLAIN)).toBe('mem 1.68G/1.95G used');
  });

  it('says so where nothing is known', () => {
    expect(formatStatusLine({ system: {} }, { ascii: false, tmux: true })).toBe('mem not known');
  });

  it.each([
    [0.49, 'mem 490M/0.98G used'],
    [0.5, 'mem 500M/0.98G used'],
    [0.7, 'mem #[fg=colour16,bg=colour220]700M/0.98G used#[default]'],
    [0.9, 'mem #[fg=colour231,bg=colour124]900M/0.98G used#[default]'],
  ])('with %f of the memory in use is for tmux: %s', (used, text) => {
    const system = { total: 1000 * MIB, available: 1000 * MIB * (1 - used) };
    expect(formatStatusLine({ system }, { ascii: false, tmux: true })).toBe(text);
  });

  it('is readable in tmux whatever colour its bar has: a colour always brings its background', () => {
    const levels = [0.1, 0.5, 0.7, 0.9].map((used) => ({ total: 1000, available: 1000 * (1 - used) }));
    for (const system of levels) {
      for (const [mark] of formatStatusLine({ system }, { ascii: false, tmux: true }).matchAll(/#\[fg=[^\]]*\]/g)) {
        const [, fg, bg] = /fg=colour(\d+),bg=colour(\d+)/.exec(mark) ?? [];
        expect(contrastOf(Number(fg), Number(bg))).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it.each(['#(id>/tmp/h%H)', '%H:%M #[fg=red]', '#[fg=red]#(id)'])('lets tmux take no name for a mark: %s', (name) => {
    const suspect = { name, rss: 1 };
    const escaped = ` ${name.replaceAll('#', '##')} 1B`;
    expect(formatStatusLine({ system: MEMORY, suspect }, { ascii: false, tmux: true })).toContain(escaped);
    expect(formatStatusLine({ system: MEMORY, suspect }, { ...PLAIN, isForTmux: true })).toContain(escaped);
    expect(formatStatusLine({ system: MEMORY, suspect }, PLAIN)).toContain(` ${name} 1B`);
  });

  it('names a limit, the word where it is not OK, its swap and its pressure while there is space', () => {
    const limit = {
      path: '/pod',
      limit: 900 * MIB,
      slows: true as const,
      charged: 899 * MIB,
      swapLimit: 0,
      swapUsed: 0,
    };
    const pressure = { some10: 85, some60: 60, full10: 80, full60: 50 };
    const system = { ...MEMORY, limit: { ...limit, pressure } };
    expect(formatStatusLine({ system }, PLAIN)).toBe('mem 899M/900M high used (throttled) no swap pressure 85%');
    expect(formatStatusLine({ system, suspect: PYTHON }, PLAIN)).toBe(
      'mem 899M/900M high used (throttled) python3 245M',
    );
    const calm = { ...MEMORY, limit: { path: '/a', limit: 512 * MIB, charged: 231 * MIB } };
    expect(formatStatusLine({ system: calm, suspect: PYTHON }, PLAIN)).toBe('mem 231M/512M limit used python3 245M');
  });

  it('is always shorter than 60 cells and free of what acts on a terminal', () => {
    const size = fc.double({ min: 0, max: 2 ** 63, noNaN: true });
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(...HOSTILE),
      fc.constant('漢'.repeat(100)),
    );
    const growth = fc.option(fc.double({ min: -(2 ** 60), max: 2 ** 60, noNaN: true }), { nil: undefined });
    const trend = fc.option(fc.array(size, { minLength: 6, maxLength: 6 }), { nil: undefined });
    fc.assert(
      fc.property(size, size, name, size, growth, trend, (total, available, text, rss, rate, values) => {
        const line = formatStatusLine(
          { system: { total, available }, trend: values, suspect: { name: text, rss, growth: rate } },
          PLAIN,
        );
        expect(cellWidth(line)).toBeLessThan(STATUS_WIDTH);
        expect(line).not.toMatch(FORBIDDEN);
      }),
    );
  });
});

/** Contrast of two of the 256 colours by WCAG 2: those from 16 to 231 are a cube of six steps. */
function contrastOf(one: number, other: number): number {
  const [light, dark] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(color: number): number {
  const index = color - 16;
  const [red, green, blue] = [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map((step) => {
    const part = (step === 0 ? 0 : 55 + 40 * step) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
