import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/model/diagnosis.ts';
import type { Effect, Verdict } from '../../src/model/verdict.ts';

const MB = 2 ** 20;

function node(
  before: [rss: number, heap: number, external?: number],
  after: [rss: number, heap: number, external?: number],
): Effect {
  const reading = ([rss, heap, external = 0]: [number, number, number?]) => ({
    rss: rss * MB,
    heapUsed: heap * MB,
    external: external * MB,
  });
  return { runtime: 'node', before: reading(before), after: reading(after) };
}

function python(before: number, after: number, more: Partial<Effect> = {}): Effect {
  return { runtime: 'python', before: { rss: before * MB }, after: { rss: after * MB }, ...more };
}

const verdictOf = (effect: Effect) => diagnose(effect)?.verdict;

describe('the verdict on a Node process', () => {
  it.each<[string, Effect, Verdict]>([
    ['a heap that fell, and RSS with it, was garbage', node([182, 148], [57, 11]), 'garbage'],
    ['a heap that fell while RSS stayed is unreturned', node([657, 600], [623, 10]), 'unreturned'],
    ['dropped Buffers that malloc keeps are unreturned', node([450, 5, 400], [435, 5, 1]), 'unreturned'],
    ['a heap that stayed and is most of RSS is retained', node([460, 412], [457, 409]), 'retained'],
    ['a heap that is a small part of RSS leaves native memory', node([400, 40], [395, 10]), 'native'],
    ['a heap that fell by less than a third and more than a quarter is mixed', node([100, 90], [75, 64]), 'mixed'],
  ])('%s', (_, effect, verdict) => {
    expect(verdictOf(effect)).toBe(verdict);
  });

  it('is native just below half of RSS, and not at half', () => {
    expect(verdictOf(node([200, 99.9], [100, 1]))).toBe('native');
    expect(verdictOf(node([200, 100], [100, 1]))).toBe('garbage');
  });

  it('is garbage from a fall of a third on, and from half of that fall in RSS on', () => {
    expect(verdictOf(node([120, 90], [105, 60]))).toBe('garbage');
    expect(verdictOf(node([120, 90], [105.1, 60]))).toBe('unreturned');
    expect(verdictOf(node([120, 90], [90, 60.1]))).toBe('mixed');
  });

  it('is retained below a fall of a quarter, while the heap is still half of RSS', () => {
    expect(verdictOf(node([120, 80], [118, 60.1]))).toBe('retained');
    expect(verdictOf(node([120, 80], [118, 60]))).toBe('mixed');
    expect(verdictOf(node([120, 80], [140, 65]))).toBe('mixed');
  });

  it('is unreturned when trimming gave back what no heap held any more', () => {
    const trimmed = diagnose({ ...node([186, 5, 2], [57, 4, 2]), trimmed: 129 * MB });
    expect(trimmed?.verdict).toBe('unreturned');
    expect(trimmed?.explanation).toContain('it had been freed before');
  });

  it('counts what worker threads gave up as memory of the collector', () => {
    expect(verdictOf({ ...node([412, 5], [70, 4]), workersFreed: 342 * MB })).toBe('garbage');
    expect(verdictOf(node([412, 5], [70, 4]))).toBe('native');
  });

  it('tells its numbers and a next step', () => {
    const diagnosis = diagnose(node([182, 148], [57, 11]));
    expect(diagnosis?.explanation).toBe(
      '93 % of the heap (137M of 148M) was unreachable, and RSS fell by 125M. It is not a leak: the collector had no reason to run yet.',
    );
    expect(diagnosis?.next).toContain('--max-old-space-size=64');
  });
});

describe('the verdict on a Python process', () => {
  it.each<[string, Effect, Verdict]>([
    ['cycles that were found and gave RSS back were garbage', python(167, 15, { unreachable: 2_000_000 }), 'garbage'],
    [
      'pages that only trimming gave back were unreturned',
      python(399, 29, { unreachable: 0, trimmed: 370 * MB }),
      'unreturned',
    ],
    [
      'cycles that were found while RSS stayed are unreturned',
      python(320, 318, { unreachable: 2_000_000 }),
      'unreturned',
    ],
    ['nothing found and RSS where it was is retained', python(396, 396, { unreachable: 0 }), 'retained'],
    ['a few large objects that gave RSS back were garbage', python(400, 100, { unreachable: 3 }), 'garbage'],
    ['a fall of a little less than a third is mixed', python(100, 70, { unreachable: 10 }), 'mixed'],
    ['what tracemalloc does not know of is native', python(400, 398, { unreachable: 0, traced: 40 * MB }), 'native'],
    ['what tracemalloc knows of is retained', python(400, 398, { unreachable: 0, traced: 300 * MB }), 'retained'],
  ])('%s', (_, effect, verdict) => {
    expect(verdictOf(effect)).toBe(verdict);
  });

  it('says native only when tracemalloc runs', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), fc.nat(1e7), (before, after, unreachable) => {
        const effect: Effect = { runtime: 'python', before: { rss: before + 1 }, after: { rss: after }, unreachable };
        expect(verdictOf(effect)).not.toBe('native');
      }),
    );
  });
});

const size = fc.nat(2 ** 31);
const anyReading = fc.record({
  rss: size,
  heapUsed: fc.option(size, { nil: undefined }),
  external: fc.option(size, { nil: undefined }),
});

describe('any verdict', () => {
  it('is drawn from whatever numbers can be true, in words without holes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('node' as const, 'python' as const),
        anyReading,
        anyReading,
        size,
        (runtime, before, after, unreachable) => {
          const effect = {
            runtime,
            before: { ...before, rss: before.rss + 1 },
            after,
            unreachable,
            workersFreed: -5,
            trimmed: 7,
          };
          const diagnosis = diagnose(effect as Effect);
          expect(diagnosis).toBeDefined();
          expect(`${diagnosis?.explanation} ${diagnosis?.next}`).not.toMatch(/NaN|undefined|Infinity/);
        },
      ),
    );
  });

  it('is refused when any number cannot be one', () => {
    const lie = fc.constantFrom(
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -1,
      -1e300,
      1e300,
      2 ** 53,
    );
    const place = fc.constantFrom(
      'before.rss',
      'before.heapUsed',
      'before.external',
      'after.rss',
      'after.heapUsed',
      'after.external',
    );
    fc.assert(
      fc.property(lie, place, (number, at) => {
        const effect = node([100, 80, 5], [50, 30, 5]);
        const [when, what] = at.split('.') as ['before' | 'after', string];
        expect(diagnose({ ...effect, [when]: { ...effect[when], [what]: number } })).toBeUndefined();
      }),
    );
  });
});
