import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/model/collection/diagnosis.ts';
import type { CollectionEffect, Verdict } from '../../../src/model/collection/verdict.ts';
import { formatSize } from '../../../src/text/format.ts';

const MB = 2 ** 20;
/** RSS of a Node process that is not anonymous memory. */
const FILES = 44;

type Sizes = [anonymous: number, heap: number, external?: number];

/** In MiB: before, and afterwards; the lowest is as afterwards. */
function node(before: Sizes, after: Sizes, more: Partial<CollectionEffect> = {}): CollectionEffect {
  const reading = ([anonymous, heap, external = 0]: Sizes) => ({
    rss: (anonymous + FILES) * MB,
    anonymous: anonymous * MB,
    heapUsed: heap * MB,
    external: external * MB,
  });
  const { rss, anonymous } = reading(after);
  return {
    ...{ runtime: 'node', before: reading(before), after: reading(after), lowest: { rss, anonymous, ms: 50 } },
    ...more,
  };
}

function python(before: number, after: number, more: Partial<CollectionEffect> = {}): CollectionEffect {
  const lowest = { rss: after * MB, ms: 50 };
  return { runtime: 'python', before: { rss: before * MB }, after: { rss: after * MB }, lowest, ...more };
}

const verdictOf = (effect: CollectionEffect) => diagnose(effect)?.verdict;

describe('the verdict on a Node process', () => {
  it.each<[string, CollectionEffect, Verdict]>([
    ['a heap that fell, and memory with it, was garbage', node([249, 164], [19, 4]), 'garbage'],
    ['large Buffers that came back were garbage', node([160, 5, 152], [9, 4, 2]), 'garbage'],
    ['a heap that fell while memory stayed is unreturned', node([613, 600], [579, 10]), 'unreturned'],
    ['dropped Buffers that malloc keeps are unreturned', node([162, 5, 152], [160, 4, 2]), 'unreturned'],
    ['Buffers of which malloc gave a part back are unreturned', node([430, 5, 400], [280, 5, 1]), 'unreturned'],
    ['a heap that stayed and is most of memory is retained', node([416, 412], [413, 409]), 'retained'],
    ['a cache is retained though empty pages came back', node([194, 167], [163, 152]), 'retained'],
    ['Buffers that are reachable are retained', node([160, 5, 152], [159, 5, 152]), 'retained'],
    ['a heap of which one half was dropped is mixed', node([383, 277], [154, 138]), 'mixed'],
    ['a heap that is a small part of memory leaves native memory', node([356, 10], [351, 8]), 'native'],
    ['garbage on top of as much native memory is mixed', node([400, 160], [260, 5]), 'mixed'],
    ['a heap that fell by half while the other half is reachable', node([200, 150], [160, 76]), 'mixed'],
    ['a heap of which one half was dropped, on pages freed before', node([229, 146], [81, 76]), 'mixed'],
    ['a heap of which one half was dropped, with as much freed memory around it', node([320, 146], [145, 76]), 'mixed'],
    ['a leak under garbage is retained', node([121, 91], [70, 64]), 'retained'],
    ['a heap of which three quarters were dropped', node([170, 146], [60, 38]), 'garbage'],
    ['a small service is small', node([26, 10], [19, 6]), 'small'],
    ['a healthy service that has worked is small', node([35, 12, 3], [29, 9, 2]), 'small'],
    ['a healthy service whose empty pages came back is small', node([40, 13, 2], [25, 10, 2]), 'small'],
    ['a healthy service with native code of its own is small', node([47, 12, 3], [44, 9, 2]), 'small'],
    ['a small service that freed nearly all is small', node([31, 25], [5, 4]), 'small'],
  ])('%s', (_, effect, verdict) => {
    expect(verdictOf(effect)).toBe(verdict);
  });

  it('is small below 32 MiB of anonymous memory, and not from there on', () => {
    expect(verdictOf(node([31.9, 25], [6, 4]))).toBe('small');
    expect(verdictOf(node([32, 25], [6, 4]))).toBe('garbage');
  });

  it('is native where mapped files are most of RSS, however little memory is anonymous', () => {
    const rss = 600 * MB;
    const { before, after, ...rest } = node([20, 8], [18, 6]);
    expect(verdictOf({ ...rest, before: { ...before, rss }, after: { ...after, rss } })).toBe('native');
  });

  it('uses the lowest reading, and says that the program has grown again', () => {
    const effect = node([270, 250], [260, 8], { lowest: { rss: (12 + FILES) * MB, anonymous: 12 * MB, ms: 300 } });
    const diagnosis = diagnose(effect);
    expect(diagnosis?.verdict).toBe('garbage');
    expect(diagnosis?.explanation).toContain('RSS was at 56.0M and is at 304M again: the program is busy.');
  });

  it('is unreturned when memory came back that no heap held any more', () => {
    const diagnosis = diagnose(node([142, 5, 2], [13, 4, 2], { trimmed: 129 * MB }));
    expect(diagnosis?.verdict).toBe('unreturned');
    expect(diagnosis?.explanation).toContain('the rest had been freed before, and was returned only now');
  });

  it('counts what worker threads hold', () => {
    const kept = node([253, 5], [192, 8]);
    const dropped = node([283, 5], [37, 8]);
    const workers = ({ before, after, ...rest }: CollectionEffect, held: [number, number]): CollectionEffect => ({
      ...rest,
      before: { ...before, workers: held[0] * MB },
      after: { ...after, workers: held[1] * MB },
    });
    expect(verdictOf(workers(kept, [188, 173]))).toBe('retained');
    expect(verdictOf(workers(dropped, [179, 13]))).toBe('garbage');
  });

  it('is small where idle threads are most of it, and says how many there are', () => {
    const effect = node([46, 7], [45, 7], { threads: 4 });
    const held = {
      ...effect,
      before: { ...effect.before, workers: 58 * MB },
      after: { ...effect.after, workers: 48 * MB },
    };
    expect(diagnose(held)).toMatchObject({
      verdict: 'small',
      explanation: expect.stringContaining('Node itself and 4 threads'),
    });
    expect(verdictOf({ ...held, threads: 0 })).toBe('retained');
  });

  it('claims nothing of memory that worker threads may hold which did not answer', () => {
    for (const effect of [node([106, 8], [105, 7]), node([270, 8], [90, 7])]) {
      const diagnosis = diagnose({ ...effect, threads: 2, threadsMissing: 2 });
      expect(diagnosis?.verdict).toBe('mixed');
      expect(diagnosis?.explanation).toContain('What 2 worker threads hold is not known');
    }
    expect([verdictOf(node([106, 8], [105, 7])), verdictOf(node([270, 8], [90, 7]))]).toEqual(['native', 'unreturned']);
  });

  it('counts what worker threads released that do not report their memory', () => {
    expect(verdictOf(node([368, 5], [26, 4], { workersFreed: 342 * MB }))).toBe('garbage');
    expect(verdictOf(node([368, 5], [26, 4]))).toBe('unreturned');
  });

  it('counts what attaching made the program free', () => {
    expect(verdictOf(node([249, 6], [19, 4], { freedBefore: 225 * MB }))).toBe('garbage');
  });

  it('does not take untouched Buffers for memory', () => {
    const diagnosis = diagnose(node([60, 6, 4000], [58, 5, 4000]));
    expect(diagnosis?.explanation).toContain('hold 58.0M of the 58.0M');
  });

  it('says what fell, what remains, and a next step', () => {
    const diagnosis = diagnose(node([182, 148], [57, 11]));
    expect(diagnosis?.explanation).toBe(
      '93% of what objects held (137M of 148M) was unreachable, and anonymous memory fell by 125M to 57.0M. ' +
        'It is not a leak: the collector had no reason to run yet.',
    );
    expect(diagnosis?.next).toBe('Use a rule that collects when memory is low.');
  });

  it('does not rule out a leak where much remains', () => {
    const diagnosis = diagnose(node([600, 580], [120, 80]));
    expect(diagnosis?.verdict).toBe('garbage');
    expect(diagnosis?.explanation).not.toContain('not a leak');
    expect(diagnosis?.explanation).toContain('reachable objects hold 80.0M');
    expect(diagnosis?.next).toContain('--repeat');
  });
});

describe('the heap limit that is named to the owner of garbage', () => {
  const limits = { peak: 300 * MB, heapLimit: 4096 * MB };
  const next = (effect: CollectionEffect) => diagnose(effect)?.next;

  it('is not below the highest RSS of the process', () => {
    expect(next(node([249, 164], [19, 4], limits))).toContain('--max-old-space-size=320');
  });

  it.each<[string, CollectionEffect]>([
    ['Buffers dominate', node([260, 5, 252], [9, 4, 2], limits)],
    ['the current limit is not higher', node([249, 164], [19, 4], { ...limits, heapLimit: 256 * MB })],
    ['the peak is not known', node([249, 164], [19, 4], { heapLimit: 4096 * MB })],
  ])('is not given where %s', (_, effect) => {
    expect(next(effect)).toBe('Use a rule that collects when memory is low.');
  });

  it('would never end a program that does again what it did before', () => {
    const mebibytes = fc.integer({ min: 33, max: 8000 });
    fc.assert(
      fc.property(mebibytes, mebibytes, mebibytes, (heap, peak, heapLimit) => {
        const effect = node([heap + 20, heap], [12, 4], { peak: peak * MB, heapLimit: heapLimit * MB });
        const named = /--max-old-space-size=(\d+)/.exec(next(effect) ?? '')?.[1];
        if (named === undefined) return;
        expect(Number(named)).toBeGreaterThanOrEqual(Math.max(heap, peak));
        expect(Number(named)).toBeLessThan(heapLimit);
      }),
    );
  });
});

describe('the verdict on a Python process', () => {
  /** A million small objects, of which N are left. */
  const left = (part: number) => ({ blocksBefore: 1e6, blocksAfter: 1e6 * part });

  it.each<[string, CollectionEffect, Verdict]>([
    ['cycles that were found and gave memory back were garbage', python(167, 15, { unreachable: 2e6 }), 'garbage'],
    ['a few large objects that gave memory back were garbage', python(400, 40, { unreachable: 3 }), 'garbage'],
    ['pages that only trimming gave back were unreturned', python(399, 29, { trimmed: 370 * MB }), 'unreturned'],
    [
      'cycles whose parts were many more objects, though trimming brought their memory back, were garbage',
      python(136, 35, { unreachable: 190_000, trimmed: 95 * MB, blocksBefore: 8e5, blocksAfter: 4e4 }),
      'garbage',
    ],
    ['cycles that were found while memory stayed', python(320, 318, { unreachable: 2e6, ...left(0.05) }), 'unreturned'],
    ['cycles that were found, one half kept', python(400, 210, { unreachable: 2e6, ...left(0.5) }), 'mixed'],
    ['nothing found and memory where it was is retained', python(396, 396, left(1)), 'retained'],
    [
      'nothing found and few objects left on many pages is unreturned',
      python(260, 260, { blocksBefore: 1e5, blocksAfter: 1e5, mallocAfter: 2 * MB }),
      'unreturned',
    ],
    [
      'nothing found and large objects that malloc gave out are retained',
      python(260, 260, { blocksBefore: 1e5, blocksAfter: 1e5, mallocAfter: 240 * MB }),
      'retained',
    ],
    ['some found and most objects left is retained', python(396, 380, { unreachable: 7e5, ...left(0.9) }), 'retained'],
    ['a fall of a little less than a third is mixed', python(106, 76, { unreachable: 10 }), 'mixed'],
    ['what tracemalloc does not know of is native', python(400, 398, { traced: 40 * MB }), 'native'],
    ['what tracemalloc knows of is retained', python(400, 398, { traced: 300 * MB }), 'retained'],
    [
      "tracemalloc's own tables are not native",
      python(400, 398, { traced: 150 * MB, tracedOverhead: 120 * MB }),
      'retained',
    ],
    ['an interpreter that does nothing is small', python(10, 10), 'small'],
    ['an interpreter that keeps some arenas after a peak is small', python(26, 25), 'small'],
    ['objects that are few and in use are retained from 24 MiB on', python(32, 32), 'retained'],
  ])('%s', (_, effect, verdict) => {
    expect(verdictOf(effect)).toBe(verdict);
  });

  it('is native where mapped files are most of RSS', () => {
    const before = { rss: 600 * MB, anonymous: 30 * MB };
    expect(verdictOf({ ...python(600, 600), before, after: before, lowest: { ...before, ms: 0 } })).toBe('native');
  });

  it('says how much of what remains is in use', () => {
    const diagnosis = diagnose(python(266, 266, { blocksBefore: 1e5, blocksAfter: 1e5, mallocAfter: 2 * MB }));
    expect(diagnosis?.explanation).toBe(
      'The collector found no object unreachable, and anonymous memory stayed at 260M: most was freed inside the program ' +
        'and not returned to the system, or the program mapped it itself. Of the 260M that remain about 9.63M is in use.',
    );
  });

  const numbers = fc.record({
    rss: fc.integer({ min: 9, max: 4000 }),
    stays: fc.double({ min: 0, max: 1, noNaN: true }),
    files: fc.integer({ min: 0, max: 8 }),
    unreachable: fc.nat(1e7),
    trimmed: fc.nat(2000),
    blocks: fc.tuple(fc.nat(1e7), fc.nat(1e7)),
    malloc: fc.nat(4000),
  });

  it('never contradicts its own numbers', () => {
    fc.assert(
      fc.property(numbers, ({ rss, stays, files, unreachable, trimmed, blocks, malloc }) => {
        const whole = Math.max(1, rss - files);
        const least = Math.round(whole * stays);
        const effect: CollectionEffect = {
          ...{ runtime: 'python', unreachable, trimmed: trimmed * MB, mallocAfter: malloc * MB },
          before: { rss: rss * MB, anonymous: whole * MB },
          after: { rss: (least + files) * MB, anonymous: least * MB },
          lowest: { rss: (least + files) * MB, anonymous: least * MB, ms: 5 },
          ...{ blocksBefore: Math.max(...blocks), blocksAfter: Math.min(...blocks) },
        };
        const { verdict, explanation = '' } = diagnose(effect) ?? {};
        const back = whole - least;
        if (verdict === 'garbage') expect(back).toBeGreaterThanOrEqual(whole / 3);
        if (verdict === 'retained') expect(back).toBeLessThan(whole / 4);
        if (verdict === 'small') expect(whole < 16 || (least < 24 && back < whole / 3), 'little').toBe(true);
        if (explanation.includes('not a leak')) expect(least).toBeLessThan(Math.min(64, whole / 2 + 1));
        expect(verdict).not.toBe('native');
      }),
      { numRuns: 1000 },
    );
  });
});

const size = fc.nat(2 ** 31);
const anyReading = fc.record({
  rss: size,
  anonymous: fc.option(size, { nil: undefined }),
  heapUsed: fc.option(size, { nil: undefined }),
  external: fc.option(size, { nil: undefined }),
  workers: fc.option(size, { nil: undefined }),
});
const anyLowest = fc.record({ rss: size, anonymous: fc.option(size, { nil: undefined }), ms: size });

/** Effects as they come from a real process: RSS is anonymous memory and files, afterwards no larger than before. */
const anyEffect = fc
  .record({
    files: fc.integer({ min: 0, max: 300 }),
    anonymous: fc.integer({ min: 4, max: 4000 }),
    stays: fc.double({ min: 0, max: 1, noNaN: true }),
    held: fc.double({ min: 0, max: 1.2, noNaN: true }),
    heldAfter: fc.double({ min: 0, max: 1.2, noNaN: true }),
    inBuffers: fc.double({ min: 0, max: 1, noNaN: true }),
    spare: fc.nat(50),
    regrown: fc.nat(500),
    threads: fc.oneof(fc.constant(0), fc.nat(12)),
    beyond: fc.nat(2000),
    heapLimit: fc.integer({ min: 64, max: 8192 }),
  })
  .map(
    ({
      files,
      anonymous,
      stays,
      held,
      heldAfter,
      inBuffers,
      spare,
      regrown,
      threads,
      beyond,
      heapLimit,
    }): CollectionEffect => {
      const lowest = Math.round(anonymous * stays);
      const reading = (memory: number, objects: number) => ({
        rss: (memory + files) * MB + 1,
        anonymous: memory * MB,
        heapUsed: Math.round(objects * (1 - inBuffers)) * MB,
        external: Math.round(objects * inBuffers) * MB,
        ...(threads > 0 && { workers: threads * MB }),
      });
      return {
        ...{ runtime: 'node', threads },
        before: reading(anonymous, anonymous * held),
        after: reading(lowest + regrown, lowest * heldAfter),
        lowest: { rss: (lowest + files) * MB + 1, anonymous: lowest * MB, ms: 100 },
        spare: spare * MB,
        ...{ peak: (anonymous + files + beyond) * MB + 1, heapLimit: heapLimit * MB },
      };
    },
  );

/** Sizes in a text, in bytes. */
const sizesIn = (text: string) =>
  [...text.matchAll(/(?<![\d.])(\d+(?:\.\d+)?)([KMG])\b/g)].map(
    ([, number, unit]) => Number(number) * 1024 ** ('KMG'.indexOf(unit ?? '') + 1),
  );

describe('a verdict on a Node process', () => {
  const judged = (check: (verdict: string, effect: CollectionEffect, text: string) => void) =>
    fc.assert(
      fc.property(anyEffect, (effect) => {
        const diagnosis = diagnose(effect);
        if (diagnosis === undefined) throw new Error('no verdict');
        check(diagnosis.verdict, effect, `${diagnosis.explanation} ${diagnosis.next}`);
      }),
      { numRuns: 2000 },
    );
  const heldIn = ({ heapUsed = 0, external = 0, workers = 0 }: CollectionEffect['before']) =>
    heapUsed + external + workers;
  const partsOf = ({ before, after, lowest }: CollectionEffect) => {
    const [whole, least] = [before.anonymous ?? 0, lowest.anonymous ?? 0];
    const [held, heldAfter] = [Math.min(heldIn(before), whole), Math.min(heldIn(after), least)];
    return { whole, least, back: whole - least, held, heldAfter, freed: Math.max(0, held - heldAfter) };
  };

  it('never contradicts its own numbers', () => {
    judged((verdict, effect) => {
      const { whole, least, back, held, heldAfter, freed } = partsOf(effect);
      const { rss } = effect.before;
      const runtime = (effect.threads ?? 0) * 10 * MB;
      const isMuchHeld = heldAfter >= Math.min(whole / 4, held / 3) && heldAfter >= 24 * MB + runtime;
      if (verdict === 'small') {
        expect(whole < 32 * MB + runtime || least < 48 * MB + runtime, 'little').toBe(true);
        expect(whole < 32 * MB + runtime || heldAfter < 24 * MB + runtime, 'little is held').toBe(true);
      }
      if (verdict === 'garbage' || verdict === 'unreturned') expect(isMuchHeld, 'much is held').toBe(false);
      if (verdict === 'garbage') {
        expect(back).toBeGreaterThanOrEqual(whole / 3);
        expect(freed).toBeGreaterThanOrEqual(back / 3);
      }
      if (verdict === 'retained') {
        expect(heldAfter).toBeGreaterThanOrEqual(Math.max(least / 2, 24 * MB));
        expect(freed).toBeLessThan(Math.max(heldAfter / 2, whole / 3));
      }
      if (verdict === 'native')
        expect(least - heldAfter >= least / 2 || rss - whole >= rss / 2, 'outside or files').toBe(true);
      if (verdict === 'unreturned')
        expect(freed - back >= whole / 3 || back > 3 * freed || back < whole / 3, 'freed and not back').toBe(true);
    });
  });

  it('never says "not a leak" where much remains', () => {
    judged((verdict, effect, text) => {
      if (!text.includes('not a leak')) return;
      expect(verdict).toBe('garbage');
      expect(partsOf(effect).least).toBeLessThan(64 * MB);
      expect(partsOf(effect).heldAfter).toBeLessThan(24 * MB);
    });
  });

  it('never names a heap limit below the heap, the highest RSS, or where Buffers and threads hold most', () => {
    let named = 0;
    judged((verdict, { before, peak = 0, heapLimit = 0 }, text) => {
      const limit = Number(/--max-old-space-size=(\d+)/.exec(text)?.[1] ?? Number.NaN) * MB;
      if (Number.isNaN(limit)) return;
      named += 1;
      expect(verdict).toBe('garbage');
      expect(limit).toBeGreaterThanOrEqual(Math.max(peak, before.heapUsed ?? 0));
      expect(limit).toBeLessThan(heapLimit);
      expect((before.external ?? 0) + (before.workers ?? 0)).toBeLessThanOrEqual(before.heapUsed ?? 0);
    });
    expect(named).toBeGreaterThan(5);
  });

  it('writes the part of garbage that its two sizes make', () => {
    let written = 0;
    judged((_, effect, text) => {
      const [, part, freed, held] = /(\d+)% of what objects held \((\S+) of (\S+)\)/.exec(text) ?? [];
      if (part === undefined) return;
      written += 1;
      const parts = partsOf(effect);
      expect([freed, held]).toEqual([formatSize(parts.freed), formatSize(parts.held)]);
      expect(Math.abs(Number(part) - (parts.freed / parts.held) * 100)).toBeLessThanOrEqual(0.5001);
    });
    expect(written).toBeGreaterThan(5);
  });

  it('writes the fall as it was measured, and each part where it names parts', () => {
    judged((_, effect, text) => {
      const { least, back } = partsOf(effect);
      const [, by, to] = /nonymous memory fell by (\S+) to (\d\S*?)[.,:;]?(?: |$)/.exec(text) ?? [];
      if (back > 0) expect([by, to], text).toEqual([formatSize(back), formatSize(least)]);
      else expect(text).toContain(`nonymous memory stayed at ${formatSize(least)}`);
      const parts = /hold (\S+), (\S+) is empty heap, and (\S+) is outside/.exec(text)?.slice(1) ?? [];
      const sum = parts.reduce((total, part) => total + (sizesIn(part)[0] ?? 0), 0);
      if (parts.length > 0) expect(Math.abs(sum - least), text).toBeLessThanOrEqual(least * 0.02 + 3 * MB);
    });
  });

  it('says what was freed and what remains', () => {
    judged((verdict, effect, text) => {
      if (verdict === 'native') return;
      expect(text).toMatch(/freed|gave up|was unreachable/);
      expect(text).toMatch(/remain|stayed at|fell by \S+ to \S+/);
      if (partsOf(effect).back > 0) expect(text).toMatch(/fell by/);
    });
  });

  it('names no size that is larger than the process', () => {
    judged((_, effect, text) => {
      const most = Math.max(effect.before.rss, effect.after.rss);
      for (const size of sizesIn(text.replace('40 to 60M', ''))) expect(size).toBeLessThanOrEqual(most * 1.01);
    });
  });
});

describe('any verdict', () => {
  it('is drawn from any possible numbers, with complete sentences', () => {
    fc.assert(
      fc.property(
        ...[fc.constantFrom('node' as const, 'python' as const), anyReading, anyReading, anyLowest, size],
        (runtime, before, after, lowest, unreachable) => {
          const effect = {
            ...{ runtime, before: { ...before, rss: before.rss + 1 }, after, lowest, unreachable },
            ...{ workersFreed: -5, trimmed: 7, freedBefore: -9, spare: unreachable },
          };
          const diagnosis = diagnose(effect as CollectionEffect);
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
      'before.anonymous',
      'after.workers',
      'lowest.rss',
      'lowest.anonymous',
    );
    fc.assert(
      fc.property(lie, place, (number, at) => {
        const effect = node([100, 80, 5], [50, 30, 5]);
        const [when, what] = at.split('.') as ['before' | 'after' | 'lowest', string];
        expect(diagnose({ ...effect, [when]: { ...effect[when], [what]: number } })).toBeUndefined();
      }),
    );
  });
});
