import { describe, expect, it } from 'vitest';
import { settle } from '../../src/cli/settle.ts';
import { lineFrom } from '../../src/commands/line.ts';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { fakeContext } from '../helpers/fake-context.ts';
import { fakeSampler } from '../helpers/fake-sampler.ts';
import { MEMORY, processOf, snapshotOf } from '../helpers/reports.ts';

const MIB = 2 ** 20;

/** The lines of N ticks. */
async function lines(
  snapshots: readonly Snapshot[],
  follow: boolean,
  sampler = fakeSampler(...snapshots),
): Promise<string[]> {
  const context = fakeContext();
  const request = settle(
    { flags: { interval: '100ms' }, words: [] },
    { environment: context.environment, platform: 'linux', samplers: ['auto'], commands: [] },
  );
  const ending = new AbortController();
  const print = async (text: string) => {
    if (context.printed.push(text) === snapshots.length) ending.abort();
  };
  const options = { follow, tmux: false, signal: ending.signal };
  expect(await lineFrom(sampler, request, { ...context, print }, options)).toBe(0);
  return context.printed;
}

describe('memtop line', () => {
  it('names the largest process', async () => {
    const small = processOf({ pid: 1, name: 'small', rss: MIB });
    const large = processOf({ pid: 2, name: 'large', rss: 245 * MIB });
    expect(await lines([snapshotOf([small, large, small])], false)).toEqual(['mem 1.68G/1.95G used large 245M\n']);
  });

  it('has no process read that is not the largest, where no other line follows', async () => {
    const one = [snapshotOf([processOf({ pid: 1 })])];
    const [single, first] = [fakeSampler(...one), fakeSampler(...one)];
    await lines(one, false, single);
    await lines(one, true, first);
    expect([single.requested[0]?.largestOnly, first.requested[0]?.largestOnly]).toEqual([true, undefined]);
  });

  it('shows memory only, without a process', async () => {
    expect(await lines([snapshotOf([])], false)).toEqual(['mem 1.68G/1.95G used\n']);
  });
});

describe('memtop line --follow', () => {
  const ticks = (growth: number) =>
    Array.from({ length: 7 }, (_, tick) =>
      snapshotOf(
        [
          processOf({ pid: 1, name: 'large', rss: 900 * MIB }),
          processOf({ pid: 2, name: 'leaking', rss: 100 * MIB + tick * growth }),
          processOf({ pid: 3, name: 'memtop', rss: 50 * MIB + tick * 10 * MIB }),
        ],
        tick * 1000,
        { system: { ...MEMORY, available: (900 - 100 * tick) * MIB }, observer: { pid: 3, kernelMemory: 0 } },
      ),
    );

  it('draws the history of memory, and names the growing process once that is known', async () => {
    const printed = await lines(ticks(MIB), true);
    expect(printed).toHaveLength(7);
    expect(printed[0]).toMatch(/^mem 1.07G\/1.95G used \S large 900M\n$/);
    // The fake clock runs ten times as fast as the interval, so some cells are gaps.
    expect(printed[6]).toMatch(/^mem 1.66G\/1.95G used ▁[▁▂▃▄▅▆▇ ]{2,4}▇ leaking 106M \+60.0M\/min\n$/);
  });

  it('names the largest process as long as none grows noticeably', async () => {
    expect((await lines(ticks(4096), true)).at(-1)).toMatch(/ large 900M\n$/);
  });
});
