import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/acting/gate.ts';

const CAUGHT = 'SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\nSigCgt:\t0000000000000200\n';
const NOT_CAUGHT = CAUGHT.replace('200\n', '000\n');

interface World {
  foreign?: string | undefined;
  startTime?: number;
  state?: string;
  status?: string;
  program?: string;
}

/** A gate over a world that a test may change between two readings, and all that happened in order. */
function gateOver(world: World = {}, onRead: (what: string) => void = () => undefined) {
  const order: string[] = [];
  const noted = <Value>(what: string, value: () => Value): Value => {
    order.push(what);
    onRead(what);
    return value();
  };
  const find = () => noted('stat', () => ({ startTime: world.startTime ?? 5, state: world.state ?? 'S' }));
  const processes = {
    find,
    status: () => noted('status', () => world.status ?? CAUGHT),
    link: () => noted('exe', () => world.program ?? '/usr/bin/node'),
  };
  const kill = (pid: number, signal: string) => order.push(`${signal} to ${pid}`);
  const gate = new Gate({ lookUp: find, kill, foreign: () => world.foreign, own: { pid: 4711, user: 'www' } });
  return { gate, order, processes };
}

describe('the gate', () => {
  it('reads the start time right before kill(2), with nothing in between that could wait', async () => {
    const { gate, order } = gateOver({}, () => queueMicrotask(() => order.push('something else')));
    await gate.signal('SIGTERM', { pid: 9, startTime: 5 });
    expect(order.slice(0, 2)).toEqual(['stat', 'SIGTERM to 9']);
  });

  it('sends nothing to a process whose pid was given to another', async () => {
    const { gate, order } = gateOver({ startTime: 6 });
    expect(await gate.signal('SIGTERM', { pid: 9, startTime: 5 })).toEqual({ kind: 'reused' });
    expect(order).toEqual(['stat']);
  });

  it.each(['Z', 'X'])('sends nothing to a process that has ended (state %s)', async (state) => {
    const { gate, order } = gateOver({ state });
    expect(await gate.signal('SIGTERM', { pid: 9, startTime: 5 })).toEqual({ kind: 'went' });
    expect(order).toEqual(['stat']);
  });

  it('sends nothing where /proc belongs to another PID namespace', async () => {
    const { gate, order, processes } = gateOver({ foreign: '/proc belongs to another PID namespace.' });
    const refusal = { kind: 'refused', reason: '/proc belongs to another PID namespace' };
    expect(await gate.signal('SIGTERM', { pid: 9, startTime: 5 })).toEqual(refusal);
    expect(gate.openInspector({ pid: 9, startTime: 5, program: '/usr/bin/node' }, processes)).toEqual(refusal);
    expect(order).toEqual([]);
  });

  it('opens an inspector only after start time, handlers and program were read once more, in that order', () => {
    const { gate, order, processes } = gateOver();
    expect(gate.openInspector({ pid: 9, startTime: 5, program: '/usr/bin/node' }, processes)).toBeUndefined();
    expect(order).toEqual(['stat', 'status', 'exe', 'SIGUSR1 to 9']);
  });

  it('opens none in a process that ran another program since', () => {
    const world: World = {};
    const { gate, order, processes } = gateOver(world, (what) => {
      if (what === 'status') world.program = '/usr/bin/sleep';
    });
    expect(gate.openInspector({ pid: 9, startTime: 5, program: '/usr/bin/node' }, processes)).toMatchObject({
      reason: expect.stringContaining('another program'),
    });
    expect(order).not.toContain('SIGUSR1 to 9');
  });

  it('opens none in a process that does not catch the signal any more', () => {
    const { gate, order, processes } = gateOver({ status: NOT_CAUGHT });
    expect(gate.openInspector({ pid: 9, startTime: 5, program: '/usr/bin/node' }, processes)).toMatchObject({
      reason: expect.stringContaining('would kill it'),
    });
    expect(order).not.toContain('SIGUSR1 to 9');
  });

  it('opens none in a process whose pid was given to another', () => {
    const { gate, processes } = gateOver({ startTime: 6 });
    expect(gate.openInspector({ pid: 9, startTime: 5, program: '/usr/bin/node' }, processes)).toEqual({
      kind: 'reused',
    });
  });

  it.each([0, -1, Number.NaN, 4711])('acts on no %d: a group, no pid, or memtop itself', async (pid) => {
    const { gate, order, processes } = gateOver();
    expect((await gate.signal('SIGTERM', { pid, startTime: 5 }))?.kind).toBe('refused');
    expect(gate.openInspector({ pid, startTime: 5, program: '/usr/bin/node' }, processes)?.kind).toBe('refused');
    expect(order).toEqual([]);
  });
});
