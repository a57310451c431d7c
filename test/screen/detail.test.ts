// Golden frames of the detail pane: next to the table, below it, instead of it.
import { describe, expect, it } from 'vitest';
import type { State } from '../../src/app/state/state.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { Details } from '../../src/model/snapshot/details.ts';
import type { Process } from '../../src/model/snapshot/snapshot.ts';
import { frameLines } from '../../src/screen/frame.ts';
import { cellWidth } from '../../src/text/width.ts';
import { instrumented, outcomeOf, SERVER } from '../helpers/collects.ts';
import { SIZES } from '../helpers/sizes.ts';
import { MEBIBYTE, snapshotOf } from '../helpers/snapshots.ts';
import { act, press, serverProcesses, watched } from '../helpers/states.ts';

const LIMITS = {
  'address space': { soft: 'unlimited', hard: 'unlimited' },
  'stack size': { soft: 8 * MEBIBYTE, hard: 'unlimited' },
  'locked memory': { soft: 8 * MEBIBYTE, hard: 8 * MEBIBYTE },
  'open files': { soft: 1024, hard: 524_288 },
  processes: { soft: 7823, hard: 7823 },
} as const;

function detailsOf(pid: number): Details {
  return {
    pid,
    startTime: pid,
    memory: {
      peak: 319 * MEBIBYTE,
      swap: 3 * MEBIBYTE,
      anonymous: 120 * MEBIBYTE,
      file: 24 * MEBIBYTE,
      shared: MEBIBYTE,
      stack: 136 * 1024,
      locked: 0,
      pageTables: 600 * 1024,
    },
    limits: LIMITS,
    descriptors: 12,
    cgroup: '0::/system.slice/cron.service\n',
    oomScore: 667,
    oomAdjustment: 0,
    gaps: {},
  };
}

/** The little server after ten minutes, `keys` pressed at the end of them, and one more sample with all details. */
function detailed(
  size: { columns: number; rows: number },
  keys: readonly string[] = ['home', 'enter'],
  given: {
    ascii?: boolean;
    color?: boolean;
    graph?: 'braille';
    processes?: (tick: number) => Process[];
    details?: Details;
  } = {},
): State {
  const { processes = serverProcesses, details = detailsOf(9122), ...settings } = given;
  const { state, tracker } = after(300, size, settings, processes);
  const opened = press(state, ...keys).state;
  const snapshot = { ...snapshotOf(processes(300), 600), details };
  return act(opened, { type: 'sampled', view: { snapshot, rows: tracker.advance(snapshot, 2000), tracker } }).state;
}

function after(
  ticks: number,
  size: { columns: number; rows: number },
  settings: object,
  processes: (tick: number) => Process[],
): { state: State; tracker: Tracker } {
  const state = watched(settings, size, ticks, processes);
  if (state.view === undefined) throw new Error('nothing was sampled');
  return { state, tracker: state.view.tracker };
}

const textOf = (state: State) => frameLines(state).join('\n').replaceAll('\u001b', '␛');

describe('the detail pane', () => {
  it.each(SIZES)('at %i×%i', async (columns, rows) => {
    await expect(textOf(detailed({ columns, rows }))).toMatchFileSnapshot(`frames/detail.${columns}x${rows}.txt`);
  });

  it('in colour, the escapes written out', async () => {
    const state = detailed({ columns: 80, rows: 24 }, ['home', 'enter', 'tab'], { color: true });
    await expect(textOf(state)).toMatchFileSnapshot('frames/detail-colour.80x24.txt');
  });

  it('in ASCII', async () => {
    const text = textOf(detailed({ columns: 160, rows: 50 }, ['home', 'enter'], { ascii: true }));
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(text).toMatchFileSnapshot('frames/detail-ascii.160x50.txt');
  });

  it('in braille', async () => {
    const state = detailed({ columns: 80, rows: 24 }, ['home', 'enter'], { graph: 'braille' });
    await expect(textOf(state)).toMatchFileSnapshot('frames/detail-braille.80x24.txt');
  });

  it('of a process with an agent and a collect', async () => {
    const over = { type: 'ended', target: SERVER, outcome: outcomeOf([148, 11], [182, 57]), at: 400_000 } as const;
    const state = detailed({ columns: 160, rows: 50 }, ['home', 'down', 'enter'], {
      processes: instrumented,
      details: {
        ...detailsOf(1311),
        insight: {
          spaces: [{ name: 'old_space', used: 130 * MEBIBYTE, size: 140 * MEBIBYTE }],
          workers: 2,
          gc: [{ kind: 'minor', count: 31, ms: 40, maxMs: 3 }],
        },
      },
    });
    await expect(textOf(press(act(state, over).state, 'escape').state)).toMatchFileSnapshot(
      'frames/detail-agent.160x50.txt',
    );
  });

  it('zoomed, and scrolled to its end', async () => {
    const state = detailed({ columns: 80, rows: 24 }, ['home', 'enter', '.', '.', 'tab', 'end']);
    await expect(textOf(state)).toMatchFileSnapshot('frames/detail-end.80x24.txt');
  });

  it('several tagged processes in one chart', async () => {
    const state = detailed({ columns: 160, rows: 50 });
    const tags = new Map([
      [1311, SERVER],
      [842, { pid: 842, startTime: 842, name: 'postgres' }],
    ]);
    await expect(textOf({ ...state, tags } as State)).toMatchFileSnapshot('frames/detail-tagged.160x50.txt');
  });

  it('of a process that has ended says so and stays', async () => {
    const open = detailed({ columns: 80, rows: 24 });
    const left = serverProcesses(301).filter(({ who }) => who.pid !== 9122);
    const snapshot = snapshotOf(left, 660);
    const tracker = open.view?.tracker ?? new Tracker();
    const rows = tracker.advance(snapshot, 2000);
    const text = textOf(act(open, { type: 'sampled', view: { snapshot, rows, tracker } }).state);
    expect(text).toContain('exited at 14:10:00');
    await expect(text).toMatchFileSnapshot('frames/detail-ended.80x24.txt');
  });

  it('says what it may not read', () => {
    const details: Details = {
      pid: 9122,
      startTime: 9122,
      memory: {},
      limits: {},
      gaps: { fd: 'denied', limits: 'denied', cgroup: 'gone', oom_score: 'malformed' },
    };
    const text = textOf(detailed({ columns: 160, rows: 60 }, ['home', 'enter'], { details }));
    expect(text).toMatch(/open files +permission denied: only its user/);
    expect(text).toMatch(/Limits[\s\S]*denied/);
  });
});

describe('what the pane must survive', () => {
  const command = `python3 ${'\u001b[2J\u001b]0;x\u0007\u202e\u0000日本\n'.repeat(10_000)}`;
  const hostile = (tick: number): Process[] =>
    serverProcesses(tick).map((process) =>
      process.who.pid === 9122 ? { ...process, who: { ...process.who, command, name: '\u001b[31mx\u202e' } } : process,
    );

  it('a command of 160 kB full of escapes, bidi and control characters, at every size', () => {
    const details = { ...detailsOf(9122), cgroup: '0::/\u001b[2J\u202e\n1:x:/y' };
    for (const [columns, rows] of [
      [160, 50],
      [80, 24],
      [40, 10],
      [20, 5],
      [3, 3],
      [1, 1],
    ] as const) {
      const state = detailed({ columns, rows }, ['home', 'enter'], { processes: hostile, details });
      for (const keys of [[], ['tab', 'end'], ['tab', 'pagedown', '.', ',']]) {
        const lines = frameLines(press(state, ...keys).state);
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect(cellWidth(line)).toBeLessThanOrEqual(columns);
        }
      }
    }
  });

  it('any size with the pane open has as many lines as the terminal, none of them wider', () => {
    const { state, tracker } = after(40, { columns: 160, rows: 50 }, {}, instrumented);
    const opened = press(state, 'home', 'enter').state;
    const snapshot = { ...snapshotOf(instrumented(40), 80), details: detailsOf(1311) };
    const view = { snapshot, rows: tracker.advance(snapshot, 2000), tracker };
    const full = act(opened, { type: 'sampled', view }).state;
    for (const columns of [1, 5, 12, 20, 24, 35, 40, 60, 80, 120, 139, 140, 160, 250, 400]) {
      for (const rows of [1, 2, 3, 4, 5, 8, 9, 12, 16, 24, 50, 120]) {
        for (const paneFraction of [undefined, 0, 0.5, 1]) {
          const sized = act({ ...full, paneFraction }, { type: 'resized', columns, rows }).state;
          const lines = frameLines(sized);
          expect(lines.length, `${columns}×${rows}`).toBeLessThanOrEqual(rows);
          for (const line of lines) expect(cellWidth(line), `${columns}×${rows}: ${line}`).toBeLessThanOrEqual(columns);
        }
      }
    }
  });

  it('a tick that brings nothing new changes no more than a few cells of it', () => {
    const tracker = new Tracker();
    let state = watched({}, { columns: 160, rows: 50 }, 1);
    const sample = (tick: number) => {
      const snapshot = { ...snapshotOf(serverProcesses(0), tick * 2), details: detailsOf(9122) };
      state = act(state, { type: 'sampled', view: { snapshot, rows: tracker.advance(snapshot, 2000), tracker } }).state;
      return frameLines(state);
    };
    sample(0);
    state = press(state, 'home', 'enter').state;
    for (let tick = 1; tick < 400; tick += 1) sample(tick);
    let changed = 0;
    let before = sample(400);
    for (let tick = 401; tick <= 430; tick += 1) {
      const now = sample(tick);
      changed += now.filter((line, index) => line !== before[index]).length;
      before = now;
    }
    // The clock, ages, and a column of the chart now and then.
    expect(changed / 30).toBeLessThan(6);
  });
});
