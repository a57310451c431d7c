import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventParams } from '../../../src/agent/protocol/protocol.ts';
import { Bench, type Client, until } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.create();
});
afterAll(() => bench.dispose());

const BUSY = 'setInterval(() => { for (let i = 0; i < 2e5; i++) globalThis.x = { i }; }, 20); console.log("READY")';
const IDLE = 'setInterval(() => {}, 1000); console.log("READY")';
const events = (client: Client): EventParams[] =>
  client.replies.filter(({ method }) => method === 'event').map(({ params }) => params as EventParams);

describe('a subscription', { timeout: 60_000 }, () => {
  it('to stats brings them every interval', async () => {
    const program = await bench.startReady(['-e', IDLE]);
    const client = await bench.client(bench.socketOf(program.pid));
    expect(await client.ask('subscribe', { events: ['stats'], interval: 100 })).toEqual({
      events: ['stats'],
      interval: 100,
    });
    await until('three events', () => events(client).length >= 3);
    for (const event of events(client)) {
      expect(event.stats?.rss).toBeGreaterThan(0);
      expect(event).not.toHaveProperty('gc');
    }
  });

  it('to gc brings what was collected, by kind, many collections in one event', async () => {
    const program = await bench.startReady(['-e', BUSY]);
    const client = await bench.client(bench.socketOf(program.pid));
    await client.ask('subscribe', { events: ['gc'], interval: 300 });
    await until('an event of several collections', () =>
      events(client).some(({ gc }) => (gc?.['minor']?.count ?? 0) > 1),
    );
    const minor = events(client).find(({ gc }) => gc?.['minor'] !== undefined)?.gc?.['minor'];
    expect(minor?.ms).toBeGreaterThanOrEqual(minor?.maxMs ?? Number.NaN);
    expect(minor?.maxMs).toBeGreaterThan(0);
  });

  it('to gc sends nothing for a program that does not collect', async () => {
    const program = await bench.startReady(['-e', IDLE]);
    const client = await bench.client(bench.socketOf(program.pid));
    await client.ask('subscribe', { events: ['gc', 'stats'], interval: 100 });
    await until('three events', () => events(client).length >= 3);
    await client.ask('collect', { level: 'full' });
    await until('the major collection', () => events(client).some(({ gc }) => gc?.['major'] !== undefined));
    const quiet = events(client).filter(({ gc }) => gc === undefined);
    expect(quiet.length).toBeGreaterThan(0);
  });

  it('makes stats carry the counts, and for how long was counted', async () => {
    const program = await bench.startReady(['-e', BUSY]);
    const client = await bench.client(bench.socketOf(program.pid));
    expect(await client.ask('stats')).not.toHaveProperty('gc');
    await client.ask('subscribe', { events: ['gc'], interval: 100 });
    await until('an event', () => events(client).length > 0);
    const { gc, gcObserved } = await client.ask('stats');
    expect(gc?.['minor']?.count).toBeGreaterThan(0);
    expect(gcObserved).toBeGreaterThan(0);
    expect(await client.ask('unsubscribe', {})).toMatchObject({ events: [] });
    const stopped = await client.ask('stats');
    expect((await client.ask('stats')).gcObserved).toBe(stopped.gcObserved);
  });

  it('is changed by the next one and ended by unsubscribe', async () => {
    const program = await bench.startReady(['-e', IDLE]);
    const client = await bench.client(bench.socketOf(program.pid));
    await client.ask('subscribe', { events: ['gc'] });
    expect(await client.ask('subscribe', { events: ['stats'], interval: 100 })).toEqual({
      events: ['gc', 'stats'],
      interval: 100,
    });
    expect((await client.ask('unsubscribe', { events: ['stats'] })).events).toEqual(['gc']);
    const seen = events(client).length;
    await client.ask('stats');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(events(client).length).toBe(seen);
  });

  it('does not keep a program alive', async () => {
    const source = 'const alive = setInterval(() => {}, 1000); process.once("SIGUSR2", () => clearInterval(alive));';
    const program = await bench.startReady(['-e', `${source} console.log("READY")`]);
    const client = await bench.client(bench.socketOf(program.pid));
    await client.ask('subscribe', { events: ['gc', 'stats'], interval: 100 });
    program.child.kill('SIGUSR2');
    expect(await program.exited).toEqual({ code: 0, signal: null });
  });
});
