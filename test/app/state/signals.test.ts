import { describe, expect, it } from 'vitest';
import type { Fate } from '../../../src/app/state/signals.ts';
import type { State } from '../../../src/app/state/state.ts';
import type { Process } from '../../../src/model/snapshot/snapshot.ts';
import { processOf } from '../../helpers/snapshots.ts';
import { act, press, SIGNALS, serverProcesses, watched as watchedFor } from '../../helpers/states.ts';

/** The first line is selected: node (1311). */
const watched = (...given: Parameters<typeof watchedFor>) => press(watchedFor(...given), 'home').state;

const menuOf = (state: State) => {
  if (state.mode.kind !== 'signal') throw new Error(`the menu is not open but ${state.mode.kind}`);
  return { ...state.mode, signal: SIGNALS[state.mode.index]?.name };
};
const sentOf = (state: State, ...keys: string[]) =>
  press(state, ...keys).effects.flatMap((effect) =>
    effect.do === 'signal' ? [[effect.signal.name, effect.to.map(({ pid, startTime }) => [pid, startTime])]] : [],
  );
const TERM = SIGNALS.find(({ name }) => name === 'TERM') as (typeof SIGNALS)[number];
const KILL = SIGNALS.find(({ name }) => name === 'KILL') as (typeof SIGNALS)[number];
const STOP = SIGNALS.find(({ name }) => name === 'STOP') as (typeof SIGNALS)[number];
const HUP = SIGNALS.find(({ name }) => name === 'HUP') as (typeof SIGNALS)[number];

describe('the menu', () => {
  it.each(['f9', 'K'])('%s opens it with TERM chosen, and names process, user and command', (key) => {
    const menu = menuOf(press(watched(), key).state);
    expect(menu.signal).toBe('TERM');
    expect(menu.to).toMatchObject([
      { pid: 1311, startTime: 1311, name: 'node', user: 'ubuntu', command: 'node server.js' },
    ]);
  });

  it('opens on all tagged processes where there are any', () => {
    expect(menuOf(press(watched(), 'space', 'space', 'f9').state).to.map(({ pid }) => pid)).toEqual([1311, 9122]);
  });

  it('Enter sends, and nothing before it does', () => {
    expect(sentOf(watched(), 'f9')).toEqual([]);
    expect(sentOf(watched(), 'f9', 'enter')).toEqual([['TERM', [[1311, 1311]]]]);
  });

  it('Esc sends nothing, and says so', () => {
    const { state, effects } = press(watched(), 'f9', 'escape');
    expect(effects).toEqual([]);
    expect(state.notice).toBe('no signal was sent');
    expect(state.mode.kind).toBe('table');
  });

  it('takes numbers and names as they are typed', () => {
    expect(sentOf(watched(), 'f9', '9', 'enter')).toEqual([['KILL', [[1311, 1311]]]]);
    expect(sentOf(watched(), 'f9', 'k', 'i', 'enter')).toEqual([['KILL', [[1311, 1311]]]]);
    expect(menuOf(press(watched(), 'f9', '1').state).signal).toBe('HUP');
    expect(menuOf(press(watched(), 'f9', '1', '9').state).signal).toBe('STOP');
    expect(menuOf(press(watched(), 'f9', 'k', 'backspace', 'q').state).signal).toBe('QUIT');
  });

  it('what no signal begins with sends nothing', () => {
    expect(sentOf(watched(), 'f9', 'x', 'enter')).toEqual([]);
    expect(press(watched(), 'f9', 'x', 'enter').state.mode.kind).toBe('signal');
  });

  it('arrows and pages move, and stay in the list', () => {
    expect(menuOf(press(watched(), 'f9', 'down').state).signal).toBe('CHLD');
    expect(menuOf(press(watched(), 'f9', 'home', 'up').state).signal).toBe('HUP');
    expect(menuOf(press(watched(), 'f9', 'end', 'pagedown').state).signal).toBe('WINCH');
  });

  it('a paste chooses nothing', () => {
    const { state } = act(press(watched(), 'f9').state, { type: 'paste', text: '9\n' });
    expect(menuOf(state).signal).toBe('TERM');
  });

  it('stays on the process it was opened on when the table is sorted again', () => {
    const opened = press(watched(), 'f9').state;
    expect(sentOf({ ...opened, cursor: 3 }, 'enter')).toEqual([['TERM', [[1311, 1311]]]]);
  });

  it('a question is asked again before pid 1 gets one', () => {
    const menu = press(watched({ filter: 'systemd' }), 'f9');
    expect(menuOf(menu.state).warnings).toEqual([expect.stringContaining('PID 1 is init')]);
    const requested = press(menu.state, 'enter');
    expect(requested.effects).toEqual([]);
    expect(requested.state.mode).toMatchObject({ kind: 'confirm', question: expect.stringContaining('(1)') });
    expect(press(requested.state, 'escape').effects).toEqual([]);
    expect(sentOf(requested.state, 'enter')).toEqual([['TERM', [[1, 1]]]]);
  });

  it('memtop itself gets none', () => {
    const only = watched({ pids: new Set([4711]) });
    expect(press(only, 'f9').state).toMatchObject({
      mode: { kind: 'table' },
      notice: expect.stringMatching(/this is memtop/),
    });
    const menu = menuOf(press(watched({ pids: new Set([4711, 842]) }), '\\', 'f9').state);
    expect(menu.to.map(({ pid }) => pid)).toEqual([842]);
    expect(menu.warnings).toEqual([expect.stringMatching(/memtop itself is excluded/)]);
  });

  it('kernel threads get no signal', () => {
    const state = press(watched({ filter: 'kthreadd' }), 'e', 'f9').state;
    expect(state.notice).toMatch(/kthreadd \(2\) is a kernel thread/);
  });

  it('warns of what memtop runs under', () => {
    const processes = (tick: number): Process[] => [
      ...serverProcesses(tick).map((process) =>
        process.who.pid === 4711 ? { ...process, who: { ...process.who, ppid: 700 } } : process,
      ),
      processOf({ who: { pid: 700, name: 'bash', command: '-bash' } }),
    ];
    const menu = menuOf(press(watched({ filter: 'bash' }, undefined, 1, processes), 'f9').state);
    expect(menu.warnings).toEqual(['memtop runs under bash (700), and may exit with it']);
  });

  it('numbers that mean groups of processes are no processes', () => {
    const processes = () => [0, -1].map((pid) => processOf({ who: { pid, name: 'forged' } }));
    expect(press(watched({}, undefined, 1, processes), 'f9').state.mode.kind).toBe('table');
  });

  it('--readonly has none', () => {
    expect(press(watched({ readonly: true }), 'f9', 'K').state.mode.kind).toBe('table');
  });
});

describe('the result of a signal', () => {
  const sent = (signal = TERM, ...keys: string[]) => {
    const { state, effects } = press(watched(), ...keys, 'f9', ...signal.name.toLowerCase(), 'enter');
    const [effect] = effects;
    if (effect?.do !== 'signal') throw new Error('nothing was sent');
    return { state, to: effect.to };
  };
  const reported = (fate: Fate, signal = TERM) => {
    const { state, to } = sent(signal);
    return act(state, { type: 'signalled', signal, deliveries: to.map((one) => ({ to: one, fate })) }).state;
  };

  it.each<[string, Fate, typeof TERM, string | RegExp]>([
    ['gone', { kind: 'gone', after: 210, isZombie: false }, TERM, 'node (1311) exited 0.2 s after SIGTERM'],
    ['gone at once', { kind: 'gone', after: 9, isZombie: false }, KILL, 'node (1311) exited after SIGKILL'],
    ['a zombie', { kind: 'gone', after: 210, isZombie: true }, TERM, /exited 0\.2 s after SIGTERM: a zombie/],
    [
      'still there',
      { kind: 'stays', after: 3010, state: 'S' },
      TERM,
      /is still running 3 s after SIGTERM: press K again for KILL/,
    ],
    ['stopped', { kind: 'stays', after: 3010, state: 'T' }, TERM, /it is stopped, send CONT/],
    ['in the kernel', { kind: 'stays', after: 3010, state: 'D' }, KILL, /still running 3 s after SIGKILL.*state D/],
    ['told, and runs', { kind: 'stays', after: 3010, state: 'S' }, HUP, 'node (1311) received SIGHUP and is running'],
    ['stopped', { kind: 'stays', after: 40, state: 'T' }, STOP, 'node (1311) stopped; send CONT to resume'],
    ['had ended', { kind: 'went' }, TERM, 'node (1311) had already exited: no signal sent'],
    ['pid reused', { kind: 'reused' }, TERM, '1311 is another process now: node has exited, no signal sent'],
    ['refused', { kind: 'refused', reason: 'EINVAL' }, TERM, 'node (1311): no signal sent, EINVAL'],
  ])('%s', (_, fate, signal, sentence) => {
    const { notice } = reported(fate, signal);
    if (typeof sentence === 'string') expect(notice).toBe(sentence);
    else expect(notice).toMatch(sentence);
  });

  it('not permitted: and what would permit it', () => {
    expect(reported({ kind: 'denied', own: 'www' }).notice).toBe(
      'Permission denied: node (1311) belongs to ubuntu. Try sudo memtop',
    );
    expect(reported({ kind: 'denied', own: 'root' }).notice).toMatch(/Permission denied even for root/);
  });

  it('one that does not end is offered KILL next time, and only that one', () => {
    const state = reported({ kind: 'stays', after: 3000, state: 'S' });
    expect(menuOf(press(state, 'K').state).signal).toBe('KILL');
    expect(menuOf(press(state, 'down', 'K').state).signal).toBe('TERM');
  });

  it('several are summed up', () => {
    const { state, to } = sent(TERM, 'space', 'space', 'space');
    const fates: Fate[] = [
      { kind: 'gone', after: 400, isZombie: false },
      { kind: 'stays', after: 3000, state: 'S' },
      { kind: 'denied', own: 'www' },
    ];
    const deliveries = to.map((one, index) => ({ to: one, fate: fates[index] as Fate }));
    const after = act(state, { type: 'signalled', signal: TERM, deliveries }).state;
    expect(after.notice).toBe(
      'TERM to 3: 1 exited within 0.4 s, 1 still running after 3 s (K again: KILL), 1 denied (try sudo memtop)',
    );
    // Those who are left stay tagged.
    expect([...after.tags.keys()]).toEqual([9122, 842]);
  });

  it('is on its way until then', () => {
    const { state } = sent();
    expect(state.notice).toBe('TERM goes to node (1311) …');
    expect(state.signals.awaited).toMatchObject([{ pid: 1311 }]);
    expect(reported({ kind: 'went' }).signals.awaited).toEqual([]);
  });
});
