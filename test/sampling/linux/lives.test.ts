// On a real kernel: processes that start and exit during sampling.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { openProcfs } from '../../../src/sampling/linux/procfs.ts';
import type { Sampler } from '../../../src/sampling/sampler/sampler.ts';
import { needing, never } from '../needs.ts';

const children = new Set<ChildProcess>();

afterEach(async () => {
  for (const child of children) await end(child);
});

function open(): Sampler {
  const sampler = openProcfs();
  onTestFinished(() => sampler.close());
  return sampler;
}

/** A process that waits until its input is closed, and so ends with the test whatever happens. */
async function begin(): Promise<ChildProcess & { pid: number }> {
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  children.add(child);
  await once(child, 'spawn');
  return child as ChildProcess & { pid: number };
}

async function end(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** How many descriptors of a /proc/PID/stat this process has open. */
function openStats(): number {
  return readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return /^\/proc\/\d+\/stat$/.test(readlinkSync(`/proc/self/fd/${descriptor}`));
    } catch {
      return false;
    }
  }).length;
}

describe.runIf(process.platform === 'linux')('on this machine', () => {
  test('we find ourselves, with our start time and memory', async () => {
    const snapshot = await open().sample(needing(), never);
    const self = snapshot.processes.find(({ who }) => who.pid === process.pid);
    expect(snapshot.observer?.pid).toBe(process.pid);
    expect(Math.abs((self?.who.startedAt ?? 0) - (Date.now() - process.uptime() * 1000))).toBeLessThan(2000);
    expect(self?.rss).toBeGreaterThan(10 * 2 ** 20);
    expect(self?.peak).toBeGreaterThanOrEqual(self?.rss ?? Number.POSITIVE_INFINITY);
  });

  test('200 children that come and go while we look cause no exception', { timeout: 60_000 }, async () => {
    const sampler = open();
    const steady = await begin();
    let ended = 0;
    let samples = 0;
    const turnover = (async () => {
      for (; ended < 200 || samples < 5; ended += 10) {
        const few = await Promise.all(Array.from({ length: 10 }, () => begin()));
        await Promise.all(few.map((child) => end(child)));
      }
    })();
    for (; ended < 200 || samples < 5; samples++) {
      const { processes } = await sampler.sample(needing({ visible: new Set([steady.pid]) }), never);
      expect(processes.map(({ who }) => who.pid)).toEqual(expect.arrayContaining([process.pid, steady.pid]));
      for (const { rss, cpuTime } of processes) expect(rss + (cpuTime ?? Number.NaN)).toBeGreaterThanOrEqual(0);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await turnover;
  });

  test('a child is in the sample after its birth, and not in the one after its end', async () => {
    const sampler = open();
    const pids = async (...visible: number[]) =>
      (await sampler.sample(needing({ visible: new Set(visible) }), never)).processes.map(({ who }) => who.pid);
    for (let tick = 0; tick < 5; tick++) await pids();
    const child = await begin();
    expect(await pids()).toContain(child.pid);
    // Read again on screen it has a descriptor of its own, which answers ESRCH from now on.
    await pids(child.pid);
    expect(await pids(child.pid)).toContain(child.pid);
    await end(child);
    expect(await pids(child.pid)).not.toContain(child.pid);
  });

  test('descriptors are kept for rows on screen, told of, and given back', async () => {
    const child = await begin();
    const sampler = openProcfs();
    const needs = needing({ visible: new Set([child.pid]) });
    for (let tick = 0; tick < 3; tick++) await sampler.sample(needs, never);
    const { observer } = await sampler.sample(needs, never);
    expect(observer?.kernelMemory).toBe(openStats() * 4096);
    expect(observer?.kernelMemory).toBeGreaterThanOrEqual(4096);
    sampler.close();
    expect(openStats()).toBe(0);
  });

  test('a single sample keeps no descriptor', async () => {
    const { observer } = await open().sample(needing({ everyRow: true, visible: new Set([1]) }), never);
    expect(observer?.kernelMemory).toBe(0);
  });
});
