import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Agents } from '../../../src/agent/client/agents.ts';
import type { Finder, FoundAgent, RejectedAgent } from '../../../src/agent/client/finding/found.ts';
import { type FakeAgent, HELLO, honest, type Script, STATS, startFakeAgent } from '../../helpers/fake-agent.ts';

const fakes: FakeAgent[] = [];
let agents: Agents;

/** Finds what a test wants it to find. */
class FakeFinder implements Finder {
  found: FoundAgent[] = [];
  refusals: RejectedAgent[] = [];
  scans = 0;

  scan() {
    this.scans += 1;
    return { found: this.found, refusals: this.refusals, foreign: 2, listening: new Set<string>() };
  }
}

async function watch(script?: Script): Promise<{ finder: FakeFinder; fake: FakeAgent }> {
  const fake = await startFakeAgent(script);
  fakes.push(fake);
  const finder = new FakeFinder();
  finder.found = [fake.found];
  agents = new Agents({ finder });
  return { finder, fake };
}

const who = ({ found: { pid, startTime = 0 } }: FakeAgent) => ({ pid, startTime });

afterEach(async () => {
  agents.close();
  await Promise.all(fakes.splice(0).map((fake) => fake.close()));
});

describe('watching agents', () => {
  it('connects once and asks again and again', async () => {
    const { fake } = await watch();
    await agents.refresh([], { gc: false });
    await agents.refresh([], { gc: false });
    expect(fake.requests.map(({ method }) => method)).toEqual(['hello', 'stats', 'stats']);
  });

  it('gives the same heap until something in it moves', async () => {
    let used = STATS.heapUsed;
    const { fake } = await watch((request) =>
      request.method === 'stats' ? { ...STATS, heapUsed: used } : honest(request),
    );
    await agents.refresh([], { gc: false });
    const heap = agents.heapOf(who(fake));
    await agents.refresh([], { gc: false });
    expect(agents.heapOf(who(fake))).toBe(heap);
    used += 1;
    await agents.refresh([], { gc: false });
    expect(agents.heapOf(who(fake))).toEqual({ ...heap, used });
  });

  it('knows no heap of another process that has the same pid', async () => {
    const { fake } = await watch();
    await agents.refresh([], { gc: false });
    expect(agents.heapOf({ pid: fake.found.pid, startTime: 1 })).toBeUndefined();
  });

  it('searches again only when processes came or went, and not at every tick', async () => {
    const { finder } = await watch();
    const some = [{ pid: 1, startTime: 2 }];
    await agents.refresh(some, { gc: false });
    await agents.refresh(some, { gc: false });
    await agents.refresh([...some, { pid: 5, startTime: 9 }], { gc: false });
    expect(finder.scans).toBe(1);
  });

  it('tries an agent that broke the protocol again after a minute, and then after two', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    let isHonest = false;
    const { fake } = await watch((request) => (isHonest ? honest(request) : { protocol: 'nonsense' }));
    const isTried = async () => {
      agents.scan();
      await agents.refresh([], { gc: false });
      return agents.all.length > 0;
    };
    expect(await isTried()).toBe(true);
    expect(await isTried()).toBe(false);
    vi.advanceTimersByTime(59_000);
    expect(await isTried()).toBe(false);
    vi.advanceTimersByTime(2000);
    expect(await isTried()).toBe(true);
    expect(await isTried()).toBe(false);
    vi.advanceTimersByTime(100_000);
    expect(await isTried()).toBe(false);
    isHonest = true;
    vi.advanceTimersByTime(21_000);
    expect(await isTried()).toBe(true);
    expect(agents.of(fake.found.pid)?.hello).toBeDefined();
    agents.scan();
    expect(agents.turnedAway).toEqual([]);
  });

  it('forgets an agent that broke the protocol once its process has ended', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { finder } = await watch(() => ({ protocol: 'nonsense' }));
    agents.scan();
    await agents.refresh([], { gc: false });
    finder.found = [];
    agents.scan();
    expect(agents.turnedAway).toHaveLength(1);
    vi.advanceTimersByTime(6000);
    agents.scan();
    expect(agents.turnedAway).toEqual([]);
  });

  it('drops an agent that is no longer found', async () => {
    const { finder, fake } = await watch();
    await agents.refresh([], { gc: false });
    finder.found = [];
    agents.scan();
    expect(agents.of(fake.found.pid)).toBeUndefined();
    expect(agents.all).toEqual([]);
  });

  it('leaves one that broke the rules alone for a while', async () => {
    const { fake } = await watch(() => ({ ...HELLO, protocol: 99 }));
    await agents.refresh([], { gc: false });
    agents.scan();
    await agents.refresh([], { gc: false });
    expect(fake.requests).toHaveLength(1);
    expect(agents.turnedAway).toMatchObject([{ pid: fake.found.pid, trouble: { kind: 'refused' } }]);
    expect(agents.heapOf(who(fake))).toBeUndefined();
  });

  it('is not held up by one that never answers', async () => {
    const { finder } = await watch();
    const silent = await startFakeAgent(() => undefined);
    fakes.push(silent);
    finder.found = [...finder.found, { ...silent.found, pid: 1, startTime: 1 }];
    void agents.refresh([], { gc: false });
    await expect.poll(() => agents.heapOf(who(fakes[0] as FakeAgent))).toMatchObject({ used: STATS.heapUsed });
  });
});
