import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Agent } from '../../../src/agent/client/agent.ts';
import { collectFrom } from '../../../src/agent/client/collect.ts';
import { Discovery } from '../../../src/agent/client/finding/discovery.ts';
import { Processes } from '../../../src/agent/client/finding/processes.ts';
import { runLeakTest } from '../../../src/agent/client/leak-test.ts';
import type { Memory } from '../../../src/agent/client/memory.ts';
import {
  type FakeAgent,
  type FakeRequest,
  honest,
  type Script,
  STATS,
  startFakeAgent,
} from '../../helpers/fake-agent.ts';
import { Programs } from '../../helpers/programs.ts';

const MB = 2 ** 20;

let programs: Programs;
let fake: FakeAgent | undefined;
let agent: Agent;

beforeEach(() => {
  programs = new Programs();
});

afterEach(async () => {
  agent?.close();
  await fake?.close();
  fake = undefined;
  await programs.end();
});

async function meet(script?: Script): Promise<void> {
  fake = await startFakeAgent(script);
  agent = new Agent(fake.found, () => 2 ** 40);
}

/** An agent in a process of its own. */
async function meetProgram(behaviour: string): Promise<number> {
  const folder = `${programs.folder()}/memtop`;
  const { pid } = await programs.start('scripted-agent.cjs', folder, behaviour);
  const processes = new Processes();
  const found = new Discovery(processes, process.geteuid?.() ?? 0).scan().found.find((one) => one.pid === pid);
  if (found === undefined) throw new Error('It was not found.');
  agent = new Agent(found, () => processes.virtual(pid));
  return pid;
}

/** Memory that falls as it is read; 40 MiB of it are files. */
function falling(...megabytes: number[]): () => Memory {
  let next = 0;
  return () => {
    const rss = (megabytes[Math.min(next++, megabytes.length - 1)] ?? 0) * MB;
    return { rss, anonymous: rss - 40 * MB, peak: 400 * MB };
  };
}

const quick = (memory: () => Memory | undefined) => ({ level: 'reclaim', memory, settle: 20 }) as const;

describe('collecting in one process', () => {
  it('reports RSS before and after from the kernel, and the heap from the agent', async () => {
    await meet();
    const outcome = await collectFrom(agent, quick(falling(60, 40)));
    expect(outcome).toMatchObject({
      value: {
        ...{ pid: process.pid, runtime: 'node', level: 'reclaim', rounds: 1, pauseMs: 5 },
        before: { rss: 60 * MB, anonymous: 20 * MB, heapUsed: STATS.heapUsed },
        after: { rss: 40 * MB, anonymous: 0, heapUsed: 4 * MB },
        ...{ freed: 16 * MB, returned: 20 * MB, verdict: 'small' },
      },
    });
    if ('value' in outcome) expect(outcome.value.curve[0]).toMatchObject({ ms: 0, rss: 40 * MB });
  });

  it('reads memory before it asks anything', async () => {
    let requested = 0;
    await meet((request) => {
      requested += 1;
      return honest(request);
    });
    const readings: number[] = [];
    const outcome = await collectFrom(
      agent,
      quick(() => {
        readings.push(requested);
        return { rss: (300 - 100 * Math.min(requested, 2)) * MB, anonymous: (260 - 100 * Math.min(requested, 2)) * MB };
      }),
    );
    expect(readings[0]).toBe(0);
    expect(outcome).toMatchObject({ value: { before: { rss: 300 * MB, anonymous: 260 * MB } } });
  });

  it('takes the memory from before attaching where memtop attached', async () => {
    await meet();
    const memoryBefore = { rss: 500 * MB, anonymous: 460 * MB };
    const outcome = await collectFrom(agent, { ...quick(falling(60, 50)), memoryBefore });
    expect(outcome).toMatchObject({ value: { before: memoryBefore, verdict: 'garbage' } });
  });

  it('does not take what a program gives back by itself in that moment for garbage', async () => {
    await meet();
    const outcome = await collectFrom(agent, quick(falling(400, 280, 60)));
    expect(outcome).toMatchObject({ value: { before: { rss: 400 * MB }, verdict: 'unreturned' } });
  });

  describe('of a program that collects by itself when it gets a request', () => {
    // As read on Node 24 and 26 on a busy machine: Buffers of 150 MiB, which the collect that was asked for did not find any more.
    const full = { ...STATS, rss: 200 * MB, heapUsed: 5 * MB, external: 152 * MB };
    const empty = { ...STATS, rss: 49 * MB, heapUsed: 5 * MB, external: 2 * MB };
    /** Its first answers of figures are full. */
    const emptyAfter = (answers: number) => {
      let requested = 0;
      return (request: FakeRequest) => {
        if (request.method === 'stats') return ++requested > answers ? empty : full;
        if (request.method !== 'collect') return honest(request);
        return {
          ...(honest(request) as object),
          before: empty,
          after: empty,
          steps: [{ name: 'last-resort', ms: 5, rss: empty.rss }],
        };
      };
    };
    const garbage = {
      value: {
        verdict: 'garbage',
        before: { rss: 200 * MB, external: full.external },
        freed: 150 * MB,
        returned: 151 * MB,
      },
    };

    it('counts the heap that its first answer reported', async () => {
      await meet(emptyAfter(1));
      expect(await collectFrom(agent, quick(falling(200, 49)))).toMatchObject(garbage);
    });

    it('counts what was known of it when memory was read', async () => {
      await meet(emptyAfter(1));
      await agent.refresh({ gc: false });
      expect(await collectFrom(agent, quick(falling(200, 49)))).toMatchObject(garbage);
    });

    it('does not count what was known of it at a time when it had more memory', async () => {
      await meet(emptyAfter(1));
      await agent.refresh({ gc: false });
      const outcome = await collectFrom(agent, quick(falling(52, 49)));
      expect(outcome).toMatchObject({ value: { verdict: 'small', before: { external: empty.external } } });
    });
  });

  it('keeps the lowest reading though the program has grown again', async () => {
    await meet();
    const outcome = await collectFrom(agent, quick(falling(300, 60, 290)));
    expect(outcome).toMatchObject({
      value: { after: { rss: 290 * MB }, lowest: { rss: expect.any(Number), anonymous: expect.any(Number) } },
    });
    if ('value' in outcome) expect(outcome.value.lowest.rss).toBeLessThanOrEqual(60 * MB);
  });

  it('does not ask a program to collect that does not answer at all', async () => {
    await meet((request) => (request.method === 'stats' ? undefined : honest(request)));
    const outcome = await collectFrom(agent, quick(falling(60)));
    expect(outcome).toMatchObject({
      trouble: { kind: 'busy', sentence: expect.stringMatching(/event loop is blocked/) },
    });
    expect(fake?.requests.some(({ method }) => method === 'collect')).toBe(false);
  });

  it('asks once more before it calls a program blocked: one that answers late has collected', async () => {
    const requested = new Map<Socket, number[]>();
    await meet((request, socket) => {
      if (request.method !== 'stats') return honest(request);
      const waiting = [...(requested.get(socket) ?? []), request.id];
      requested.set(socket, waiting);
      if (waiting.length !== 2) return undefined;
      for (const id of waiting) socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: STATS })}\n`);
      return undefined;
    });
    expect(await collectFrom(agent, quick(falling(60, 40)))).toMatchObject({ value: { rounds: 1 } });
  });

  it('believes no answer with numbers that cannot be', async () => {
    await meet((request) => {
      const answer = honest(request) as { after: object };
      return request.method === 'collect' ? { ...answer, after: { ...STATS, heapUsed: -5 } } : answer;
    });
    expect(await collectFrom(agent, quick(falling(60)))).toMatchObject({ trouble: { kind: 'refused' } });
  });

  it('ends clearly when the program disconnects during the collect', async () => {
    await meetProgram('close');
    expect(await collectFrom(agent, quick(falling(60)))).toMatchObject({ trouble: { kind: 'gone' } });
  });

  it('ends clearly when the program is killed during the collect', async () => {
    await meetProgram('die');
    expect(await collectFrom(agent, quick(falling(60)))).toMatchObject({ trouble: { kind: 'gone' } });
  });

  it('reports a stopped program as busy, and as usable once it continues', async () => {
    const pid = await meetProgram('honest');
    process.kill(pid, 'SIGSTOP');
    expect(await collectFrom(agent, quick(falling(60)))).toMatchObject({ trouble: { kind: 'busy' } });
    process.kill(pid, 'SIGCONT');
    await expect
      .poll(async () => 'value' in (await collectFrom(agent, quick(falling(60)))), { timeout: 10_000 })
      .toBe(true);
  });

  it('is not called busy while it collects for us', async () => {
    let release = () => {};
    await meet((request, socket) => {
      if (request.method !== 'collect') return honest(request);
      release = () => socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: request.id, result: honest(request) })}\n`);
      return undefined;
    });
    const collecting = collectFrom(agent, quick(falling(60)));
    await expect.poll(() => agent.collecting).toBe(true);
    expect(agent.busySince).toBeUndefined();
    release();
    expect(await collecting).toHaveProperty('value');
    expect(agent.collecting).toBe(false);
  });
});

describe('the leak test on one process', () => {
  it('keeps the floor of every collection and reports each as it comes', async () => {
    let heapUsed = 10 * MB;
    await meet((request) => {
      if (request.method !== 'collect') return honest(request);
      heapUsed += MB;
      return { ...(honest(request) as object), after: { ...STATS, heapUsed } };
    });
    const reported: number[] = [];
    const run = await runLeakTest(agent, {
      ...quick(falling(60)),
      times: 3,
      every: 30,
      onFloor: (_, all) => reported.push(all.length),
    });
    if ('trouble' in run) throw new Error(run.trouble.sentence);
    expect(reported).toEqual([1, 2, 3]);
    expect(run.value.floors.map((floor) => floor.heapUsed)).toEqual([11 * MB, 12 * MB, 13 * MB]);
    expect(run.value.last.after.heapUsed).toBe(13 * MB);
  });

  it('ends early when it is told to, with the floors there are', async () => {
    await meet();
    const ending = new AbortController();
    const run = await runLeakTest(agent, {
      ...quick(falling(60)),
      ...{ times: 100, every: 60_000, signal: ending.signal, onFloor: () => ending.abort() },
    });
    expect('value' in run && run.value.floors.length).toBe(1);
  });
});
