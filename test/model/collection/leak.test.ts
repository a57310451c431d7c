import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Floor } from '../../../src/model/collection/leak.ts';
import { testLeak } from '../../../src/model/collection/leak-report.ts';

const MB = 2 ** 20;

/** Floors a minute apart. */
function floors(...megabytes: number[]): Floor[] {
  return megabytes.map((size, index) => ({ time: index * 60_000, heapUsed: size * MB, rss: (size + 40) * MB }));
}

describe('the leak test', () => {
  it('calls a floor that rises by a megabyte a minute a leak, and reports its slope', () => {
    const { verdict, slope, explanation } = testLeak(floors(20, 21.1, 22, 22.9, 24));
    expect(verdict).toBe('leak');
    expect(Math.abs(slope / (MB / 60) - 1)).toBeLessThan(0.05);
    expect(explanation).toContain('rises by 0.98M a minute');
    expect(explanation).toContain('a leak, very likely (p < 0.01); a cache that is still filling looks the same');
  });

  it('advises what names the leak before heap snapshots, which Python does not have', () => {
    const { next } = testLeak(floors(20, 21.1, 22, 22.9, 24));
    expect(next).toMatch(/^collect --lines 30s names what grows\. In Node\.js two heap snapshots/);
  });

  it('finds it in three floors when every step is clear, and then says that it is less certain', () => {
    const { verdict, explanation } = testLeak(floors(20, 21, 22));
    expect(verdict).toBe('leak');
    expect(explanation).toContain('likely; a cache');
  });

  it('counts what worker threads hold, where all floors have it', () => {
    const held = [20, 40, 60, 80, 100];
    const flat = floors(20, 20, 20, 20, 20).map((floor, index) => ({ ...floor, workers: (held[index] ?? 0) * MB }));
    expect(testLeak(flat).verdict).toBe('leak');
    const [first, ...others] = flat;
    const { workers: _, ...without } = first as Floor;
    expect(testLeak([without, ...others]).verdict).toBe('no-leak');
  });

  it('calls a floor that only trembles no leak', () => {
    const { verdict, explanation } = testLeak(floors(20, 20.01, 19.99, 20.02, 20));
    expect(verdict).toBe('no-leak');
    expect(explanation).toContain('or a leak of less than 32.0K a minute');
  });

  it('calls a floor that falls no leak', () => {
    expect(testLeak(floors(30, 28, 25, 25, 24)).verdict).toBe('no-leak');
  });

  it('is unsure of a floor that goes up and down by much', () => {
    expect(testLeak(floors(20, 35, 22, 37, 30)).verdict).toBe('unsure');
  });

  it('calls one that goes up and down and ends where it began no leak, likely', () => {
    const { verdict, explanation } = testLeak(floors(10.2, 11.6, 10.3, 11.5, 10.2));
    expect(verdict).toBe('no-leak');
    expect(explanation).toContain('no leak, likely, though the floors vary');
  });

  it('is unsure of a floor that rose at first and then stayed level: that is a warm-up', () => {
    const { verdict, explanation } = testLeak(floors(20, 30, 33, 33.3, 33.5));
    expect(verdict).toBe('unsure');
    expect(explanation).toContain('rose at first');
  });

  it('leaves out a first floor that later ones lie below: the first collection leaves more behind', () => {
    const rising = testLeak(floors(25.4, 24.7, 25.1, 25.4, 25.8));
    expect(rising).toMatchObject({
      verdict: 'leak',
      explanation: expect.stringContaining('over 4 collections in 3m, the first left out'),
    });
    expect(testLeak(floors(45.7, 44.8, 44.86, 44.9, 44.95)).verdict).toBe('no-leak');
  });

  it('is unsure of fewer than three floors', () => {
    expect(testLeak([]).verdict).toBe('unsure');
    expect(testLeak(floors(20, 80)).verdict).toBe('unsure');
  });

  it('detects a leak of Buffers, which are outside the heap', () => {
    const leaking = floors(20, 20, 20, 20, 20).map((floor, index) => ({ ...floor, external: index * 5 * MB }));
    expect(testLeak(leaking).verdict).toBe('leak');
  });

  it('uses RSS where the runtime reports no heap', () => {
    const leaking = floors(20, 25, 30, 35).map(({ time, rss }) => ({ time, rss }));
    expect(testLeak(leaking).verdict).toBe('leak');
  });

  it('uses memory in use where Python reports it: its RSS swings with its work', () => {
    const swinging = [40, 70, 45, 75, 78].map((rss, index) => ({
      ...{ time: index * 60_000, inUse: 30 * MB, anonymous: 30 * MB, rss: rss * MB },
    }));
    expect(testLeak(swinging).verdict).toBe('no-leak');
    const rising = swinging.map((floor, index) => ({ ...floor, inUse: (30 + index) * MB }));
    expect(testLeak(rising).verdict).toBe('leak');
  });

  it('does not call memory that rises over a flat heap no leak', () => {
    const rising = (step: number) =>
      floors(20, 20, 20, 20, 20).map((floor, index) => ({ ...floor, anonymous: (60 + index * step) * MB }));
    const leak = testLeak(rising(10));
    expect(leak.verdict).toBe('leak');
    expect(leak.explanation).toMatch(
      /^What objects hold does not rise .* but anonymous memory rises by 10.0M a minute/,
    );
    expect(leak.slope).toBeCloseTo((10 * MB) / 60, 0);
    expect(testLeak(rising(1)).verdict).toBe('unsure');
    expect(testLeak(rising(0.2)).verdict).toBe('no-leak');
  });

  it('uses RSS where the kernel does not report anonymous memory', () => {
    const rising = floors(20, 20, 20, 20, 20).map((floor, index) => ({ ...floor, rss: (60 + index * 10) * MB }));
    expect(testLeak(rising).verdict).toBe('leak');
  });

  it('takes more for noise in a short test, in which a program still warms up', () => {
    const within = (seconds: number) =>
      floors(20, 20.05, 20.1, 20.15, 20.3).map((floor, index) => ({ ...floor, time: index * seconds * 1000 }));
    expect(testLeak(within(5)).verdict).toBe('no-leak');
    expect(testLeak(within(60)).verdict).toBe('leak');
  });

  it('is not bent by one spike among many floors', () => {
    expect(testLeak(floors(20, 20, 20, 90, 20, 20, 20, 20, 20)).verdict).toBe('no-leak');
  });

  it('calls every straight rise beyond noise a leak, and its mirror image none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 60 }), fc.double({ min: 0.5, max: 50, noNaN: true }), (count, step) => {
        const rising = Array.from({ length: count }, (_, index) => 20 + index * step);
        expect(testLeak(floors(...rising)).verdict).toBe('leak');
        expect(testLeak(floors(...rising.toReversed())).verdict).toBe('no-leak');
      }),
      { numRuns: 40 },
    );
  });

  it('has an answer for any floors, also with a clock that jumped or an agent that reports nonsense', () => {
    const number = fc.oneof(fc.double(), fc.nat());
    const anything = fc.record({ time: number, heapUsed: number, rss: number });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 8 }), (some) => {
        const { verdict, slope, explanation } = testLeak(some);
        expect(['leak', 'no-leak', 'unsure']).toContain(verdict);
        expect(Number.isFinite(slope)).toBe(true);
        expect(explanation).not.toMatch(/NaN|undefined/);
      }),
    );
  });
});
