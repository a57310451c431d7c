import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { poll } from '../../src/sampling/poll.ts';
import type { Sampler } from '../../src/sampling/sampler/sampler.ts';
import { needing } from './needs.ts';

/** A sampler that takes so long for each sample, and remembers when it was asked. */
class Slow implements Sampler {
  readonly name = 'slow';
  readonly begun: number[] = [];
  running = 0;
  most = 0;
  #takes: number[];

  constructor(...takes: number[]) {
    this.#takes = takes;
  }

  async sample(_needs: unknown, signal: AbortSignal): Promise<Snapshot> {
    this.begun.push(performance.now() - start);
    this.most = Math.max(this.most, ++this.running);
    const takes = this.#takes.shift() ?? 0;
    if (takes > 0) await new Promise((resolve) => setTimeout(resolve, takes));
    this.running--;
    signal.throwIfAborted();
    return { time: 0, monotonic: 0, host: { name: '', platform: '', kernel: '' }, system: {}, processes: [], gaps: [] };
  }

  close(): void {}
}

let start: number;
let abort: AbortController;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  start = performance.now();
  abort = new AbortController();
});

afterEach(() => {
  abort.abort();
  vi.useRealTimers();
});

/** Takes every snapshot as soon as it comes, until the stream ends. */
async function consume(sampler: Sampler, interval: () => number, wake?: EventTarget): Promise<number> {
  let count = 0;
  const options = { interval, needs: () => needing(), signal: abort.signal, ...(wake && { wake }) };
  for await (const _snapshot of poll(sampler, options)) count++;
  return count;
}

test('the first sample is taken at once and the rest on a grid, however long each takes', async () => {
  const sampler = new Slow(100, 300, 999, 0, 20);
  void consume(sampler, () => 1000);
  await vi.advanceTimersByTimeAsync(5500);
  expect(sampler.begun).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
});

test('the grid does not drift when timers are late', async () => {
  const onTime = globalThis.setTimeout;
  const late = (call: () => void, wait: number, ...more: []) => onTime(call, wait + 30, ...more);
  vi.stubGlobal('setTimeout', late);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const sampler = new Slow();
  void consume(sampler, () => 1000);
  await vi.advanceTimersByTimeAsync(50_500);
  expect(sampler.begun).toEqual([0, ...Array.from({ length: 50 }, (_, tick) => (tick + 1) * 1000 + 30)]);
});

test('ticks missed by a long sample are skipped and not made up for', async () => {
  const sampler = new Slow(0, 3400);
  void consume(sampler, () => 1000);
  await vi.advanceTimersByTimeAsync(7500);
  expect(sampler.begun).toEqual([0, 1000, 5000, 6000, 7000]);
});

test('there are never two samples at once, even for a sampler slower than the interval', async () => {
  const sampler = new Slow(...Array.from({ length: 20 }, () => 250));
  void consume(sampler, () => 100);
  await vi.advanceTimersByTimeAsync(3000);
  expect(sampler.most).toBe(1);
  expect(sampler.begun).toEqual([0, 300, 600, 900, 1200, 1500, 1800, 2100, 2400, 2700, 3000]);
});

test('a consumer that takes its time gets the next sample on the grid, and none that went stale', async () => {
  const sampler = new Slow();
  const stream = poll(sampler, { interval: () => 1000, needs: () => needing(), signal: abort.signal });
  await stream.next();
  await vi.advanceTimersByTimeAsync(2500);
  expect(sampler.begun).toEqual([0]);
  const next = stream.next();
  await vi.advanceTimersByTimeAsync(600);
  await next;
  expect(sampler.begun).toEqual([0, 3000]);
});

test('an abort while waiting ends the stream quietly and leaves no timer', async () => {
  const ended = consume(new Slow(), () => 60_000);
  await vi.advanceTimersByTimeAsync(1);
  abort.abort();
  expect(await ended).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
});

test('an abort within a sample ends the stream quietly', async () => {
  const sampler = new Slow(500);
  const ended = consume(sampler, () => 1000);
  await vi.advanceTimersByTimeAsync(100);
  abort.abort();
  await vi.advanceTimersByTimeAsync(400);
  expect(await ended).toBe(0);
});

test('a stream whose signal was aborted before has nothing in it', async () => {
  abort.abort();
  const sampler = new Slow();
  expect(await consume(sampler, () => 1000)).toBe(0);
  expect(sampler.begun).toEqual([]);
});

test('a shorter interval counts at once for a wait that is woken', async () => {
  const sampler = new Slow();
  const wake = new EventTarget();
  let interval = 60_000;
  void consume(sampler, () => interval, wake);
  await vi.advanceTimersByTimeAsync(3300);
  interval = 1000;
  wake.dispatchEvent(new Event('interval'));
  await vi.advanceTimersByTimeAsync(2000);
  expect(sampler.begun).toEqual([0, 4000, 5000]);
});

test('a longer interval counts at once for a wait that is woken', async () => {
  const sampler = new Slow();
  const wake = new EventTarget();
  let interval = 1000;
  void consume(sampler, () => interval, wake);
  await vi.advanceTimersByTimeAsync(1500);
  interval = 5000;
  wake.dispatchEvent(new Event('interval'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sampler.begun).toEqual([0, 1000, 6000, 11000]);
});

test('being woken without another interval changes nothing', async () => {
  const sampler = new Slow();
  const wake = new EventTarget();
  void consume(sampler, () => 1000, wake);
  await vi.advanceTimersByTimeAsync(500);
  wake.dispatchEvent(new Event('interval'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(sampler.begun).toEqual([0, 1000]);
  expect(getEventListeners(wake, 'interval')).toHaveLength(1);
});

test('a sample can be asked for at once, and the grid goes on from there', async () => {
  const sampler = new Slow();
  const wake = new EventTarget();
  void consume(sampler, () => 1000, wake);
  await vi.advanceTimersByTimeAsync(1400);
  wake.dispatchEvent(new Event('sample'));
  await vi.advanceTimersByTimeAsync(2000);
  expect(sampler.begun).toEqual([0, 1000, 1400, 2400, 3400]);
});

test('an interval of nothing is kept to a sane least', async () => {
  for (const interval of [0, -5, Number.NaN]) {
    const sampler = new Slow();
    abort = new AbortController();
    start = performance.now();
    void consume(sampler, () => interval);
    await vi.advanceTimersByTimeAsync(25);
    abort.abort();
    expect(sampler.begun).toEqual([0, 10, 20]);
  }
});

test('an interval longer than a timer can hold is waited for all the same', async () => {
  const sampler = new Slow();
  void consume(sampler, () => 2 ** 32);
  await vi.advanceTimersByTimeAsync(2 ** 32 - 10);
  expect(sampler.begun).toEqual([0]);
  await vi.advanceTimersByTimeAsync(20);
  expect(sampler.begun).toEqual([0, 2 ** 32]);
});

test('an error of the sampler comes out of the stream', async () => {
  const sampler = new Slow();
  sampler.sample = () => Promise.reject(new Error('broken'));
  await expect(consume(sampler, () => 1000)).rejects.toThrow('broken');
});
