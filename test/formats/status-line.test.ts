import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatStatusLine, STATUS_WIDTH } from '../../src/formats/status-line.ts';
import { cellWidth } from '../../src/model/width.ts';
import { FORBIDDEN, HOSTILE, MEMORY } from '../helpers/reports.ts';

const PLAIN = { ascii: false, tmux: false };
const PYTHON = { name: 'python3', rss: 245 * 2 ** 20 };
const MIB = 2 ** 20;

describe('the status line', () => {
  it('tells what is available of how much, and a process', () => {
    expect(formatStatusLine({ system: MEMORY, suspect: PYTHON }, PLAIN)).toBe('mem 281M/1.95G python3 245M');
  });

  it('tells trend and growth when they are known', () => {
    const trend = [600, 500, 400, 300, 200, 100];
    const suspect = { ...PYTHON, growth: (14.2 * MIB) / 60 };
    expect(formatStatusLine({ system: MEMORY, trend, suspect }, PLAIN)).toBe(
      'mem 281M/1.95G ▇▆▅▃▂▁ python3 245M +14.2M/min',
    );
    expect(formatStatusLine({ system: MEMORY, trend, suspect }, { ascii: true, tmux: false })).toMatch(
      /^[\x20-\x7e]*$/,
    );
  });

  it('tells when memory is full where that is foretold, and cuts the name for it', () => {
    const line = { system: MEMORY, suspect: { ...PYTHON, growth: (14.2 * MIB) / 60 }, exhaustedIn: 19.4 * 60_000 };
    expect(formatStatusLine(line, PLAIN)).toBe('mem 281M/1.95G python3 245M +14.2M/min full 19m');
    const long = formatStatusLine({ ...line, suspect: { ...line.suspect, name: 'n'.repeat(99) } }, PLAIN);
    expect(long).toMatch(/n… ?245M \+14.2M\/min full 19m$|n+ 245M \+14.2M\/min full 19m$/);
    expect(cellWidth(long)).toBeLessThan(STATUS_WIDTH);
  });

  it('begins its chart with the first cell that is known', () => {
    expect(formatStatusLine({ system: MEMORY, trend: [Number.NaN, 1, 2] }, PLAIN)).toBe('mem 281M/1.95G ▁▇');
    expect(formatStatusLine({ system: MEMORY, trend: [Number.NaN] }, PLAIN)).toBe('mem 281M/1.95G');
  });

  it('marks what is not known', () => {
    expect(formatStatusLine({ system: {} }, { ascii: false, tmux: true })).toBe('mem ?/?');
  });

  it.each([
    [0.49, 'green'],
    [0.5, 'yellow'],
    [0.7, 'colour208'],
    [0.9, 'red'],
  ])('is coloured for tmux with %f of the memory in use: %s', (used, color) => {
    const system = { total: 1000 * MIB, available: 1000 * MIB * (1 - used) };
    expect(formatStatusLine({ system }, { ascii: false, tmux: true })).toMatch(
      new RegExp(`^mem #\\[fg=${color}\\]\\S+#\\[default\\]$`),
    );
  });

  it('lets no name be taken for markup', () => {
    const suspect = { name: '#[fg=red]#(id)', rss: 1 };
    expect(formatStatusLine({ system: MEMORY, suspect }, { ascii: false, tmux: true })).toContain(
      ' ##[fg=red]##(id) 1B',
    );
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
