import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { Gate } from '../../../src/acting/gate.ts';
import { gateThrough } from '../../../src/acting/open-gate.ts';
import { listingLookup, type ProcessLookup, procLookup, type Seen } from '../../../src/acting/process-lookup.ts';
import { Processes } from '../../../src/agent/client/finding/processes.ts';
import type { Addressee } from '../../../src/app/state/signals.ts';
import { Signalling } from '../../../src/commands/watch/signalling.ts';
import { signalsOf } from '../../../src/model/signals.ts';
import { processOf, snapshotOf } from '../../helpers/snapshots.ts';
import { SIGNALS } from '../../helpers/states.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const signal = (name: string) => SIGNALS.find((one) => one.name === name) as (typeof SIGNALS)[number];
const addressee = (pid: number, startTime = pid): Addressee => {
  return { pid, startTime, name: 'victim', user: 'ubuntu', command: 'victim', rss: 1 };
};

/** A machine of its own making, and what has been sent on it. */
function fake(processes: Record<number, Seen>, onKill: (pid: number) => void = () => undefined) {
  const sent: [number, string | number][] = [];
  const check = (pid: number) => processes[pid];
  const kill = (pid: number, name: NodeJS.Signals) => {
    sent.push([pid, name]);
    onKill(pid);
  };
  const gate = new Gate({ lookUp: check, kill, foreign: () => undefined, own: { pid: 4711, user: 'www' } });
  const signalling = new Signalling({ gate, lookUp: check, timeouts: { end: 150, other: 50 } });
  return {
    sent,
    signalling,
    fate: async (to: Addressee, name = 'TERM') => (await signalling.send(signal(name), [to]))[0]?.fate,
  };
}

const failing = (code: string) => () => {
  throw Object.assign(new Error(`kill ${code}`), { code });
};

describe('right before a signal is sent', () => {
  it('a pid that is another process now gets none', async () => {
    const { fate, sent } = fake({ 9: { startTime: 200, state: 'S' } });
    expect(await fate(addressee(9, 100))).toEqual({ kind: 'reused' });
    expect(sent).toEqual([]);
  });

  it('one that has ended gets none', async () => {
    const { fate, sent } = fake({});
    expect(await fate(addressee(9))).toEqual({ kind: 'went' });
    expect(sent).toEqual([]);
  });

  it.each([0, -1, -9, 1.5, Number.NaN, 2 ** 60, 4711])(
    '%d is refused: a group, no pid, or memtop itself',
    async (pid) => {
      const { fate, sent } = fake({ [pid]: { startTime: pid, state: 'S' } });
      expect(await fate(addressee(pid))).toMatchObject({ kind: 'refused' });
      expect(sent).toEqual([]);
    },
  );

  it('each of several is looked at by itself', async () => {
    const { signalling, sent } = fake({ 8: { startTime: 8, state: 'S' }, 9: { startTime: 1, state: 'S' } });
    const deliveries = await signalling.send(signal('TERM'), [addressee(8), addressee(9), addressee(10)]);
    expect(deliveries.map(({ to, fate }) => [to.pid, fate.kind])).toEqual([
      [8, 'stays'],
      [9, 'reused'],
      [10, 'went'],
    ]);
    expect(sent).toEqual([[8, 'SIGTERM']]);
  });
});

describe('the result', () => {
  it.each([
    ['EPERM', { kind: 'denied', own: 'www' }],
    ['ESRCH', { kind: 'went' }],
    ['EINVAL', { kind: 'refused', reason: 'EINVAL' }],
  ])('%s', async (code, expected) => {
    expect(await fake({ 9: { startTime: 9, state: 'S' } }, failing(code)).fate(addressee(9))).toEqual(expected);
  });

  it('gone, also when its pid is another process by then', async () => {
    const machine: Record<number, Seen> = { 9: { startTime: 9, state: 'S' } };
    const reused = fake(machine, (pid) => {
      machine[pid] = { startTime: 10, state: 'S' };
    });
    expect(await reused.fate(addressee(9))).toMatchObject({ kind: 'gone', isZombie: false });
  });

  it('a zombie has ended', async () => {
    const machine: Record<number, Seen> = { 9: { startTime: 9, state: 'S' } };
    const { fate } = fake(machine, (pid) => {
      machine[pid] = { startTime: 9, state: 'Z' };
    });
    expect(await fate(addressee(9))).toMatchObject({ kind: 'gone', isZombie: true });
  });

  it('one that does not exit is reported when the timeout is over', async () => {
    const { fate } = fake({ 9: { startTime: 9, state: 'S' } });
    expect(await fate(addressee(9))).toMatchObject({ kind: 'stays', state: 'S', after: expect.any(Number) });
  });
});

describe.skipIf(process.platform !== 'linux')('real processes', () => {
  // As long as a busy machine may take: each fate is told as soon as it is known.
  const timeouts = { end: 30_000, other: 30_000 };
  const real = () => new Signalling({ gate: gateThrough(), lookUp: procLookup(), timeouts });
  const started = async (): Promise<Addressee> => {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    children.push(child);
    await once(child, 'spawn');
    const pid = child.pid as number;
    return addressee(pid, new Processes().startTime(pid));
  };

  it('end, stop and go on as they are told', async () => {
    const to = await started();
    const fateOf = async (name: string) => (await real().send(signal(name), [to]))[0]?.fate;
    expect(await fateOf('STOP')).toMatchObject({ kind: 'stays', state: 'T' });
    expect(await fateOf('CONT')).toMatchObject({ kind: 'stays', state: expect.stringMatching(/[SR]/) });
    expect(await fateOf('TERM')).toMatchObject({ kind: 'gone' });
    expect(await fateOf('TERM')).toMatchObject({ kind: 'went' });
  });

  it('one whose start time is another than was seen is left alone', async () => {
    const to = await started();
    const [delivery] = await real().send(signal('KILL'), [{ ...to, startTime: to.startTime - 1 }]);
    expect(delivery?.fate).toEqual({ kind: 'reused' });
    expect(children[0]?.exitCode).toBeNull();
    expect(new Processes().startTime(to.pid)).toBe(to.startTime);
  });
});

describe('listingLookup', () => {
  it('lists once for simultaneous checks, and again later', async () => {
    let listings = 0;
    const check: ProcessLookup = listingLookup(async () => {
      listings += 1;
      return snapshotOf([processOf({ who: { pid: 9, startTime: 90 } })]);
    });
    expect(await Promise.all([check(9), check(10)])).toEqual([{ startTime: 90, state: 'S' }, undefined]);
    expect(listings).toBe(1);
  });

  it('goes on after a listing that failed', async () => {
    let isBroken = true;
    const check = listingLookup(async () => {
      if (isBroken) throw new Error('no ps');
      return snapshotOf([processOf({ who: { pid: 9, startTime: 90 } })]);
    });
    await expect(check(9)).rejects.toThrow('no ps');
    isBroken = false;
    expect(await check(9)).toEqual({ startTime: 90, state: 'S' });
  });
});

it('the numbers of a signal are the system’s own, the name is what is sent', () => {
  expect(signalsOf({ SIGTERM: 99 }, 'linux')).toMatchObject([{ name: 'TERM', number: 99 }]);
});
