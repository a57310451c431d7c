// CPU time of a tick and of a key with 5,000 processes in each arrangement, in milliseconds: node scripts/run-ts.js bench/programs/arrangements.ts

import { update } from '../../src/app/actions/update.ts';
import { initialState, type State } from '../../src/app/state/state.ts';
import { wantedBy } from '../../src/app/view/needs.ts';
import { type Arrangement, groupingOf } from '../../src/model/arrangement/layout.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { Process } from '../../src/model/snapshot/snapshot.ts';
import { frameLines } from '../../src/screen/frame.ts';
import { DEFAULTS } from '../../src/settings/table.ts';

const PROCESSES = 5_000;
const TICKS = 60;
/** One of N processes changes in a tick. */
const MOVING = 20;

for (const arrangement of ['list', 'tree', 'name', 'user', 'cgroup'] as const) {
  const { ticks, keys } = timed(arrangement);
  const middle = (values: number[]) => values.sort((one, other) => one - other)[values.length >> 1]?.toFixed(2);
  process.stdout.write(`${arrangement.padEnd(8)} tick ${middle(ticks)}  sort and draw ${middle(keys)}\n`);
}

function timed(arrangement: Arrangement): { ticks: number[]; keys: number[] } {
  const tracker = new Tracker();
  let processes = Array.from({ length: PROCESSES }, (_, index) => born(index + 1));
  let state: State = initialState(
    {
      ...DEFAULTS,
      colorDepth: 8,
      background: 'dark',
      interval: 1000,
      pids: undefined,
      tree: arrangement === 'tree',
      group: groupingOf(arrangement),
    },
    { columns: 160, rows: 50 },
  );
  const ticks: number[] = [];
  const keys: number[] = [];
  for (let tick = 0; tick < TICKS; tick += 1) {
    processes = processes.map((each, index) => ((index + tick) % MOVING === 0 ? moved(each, tick) : each));
    const snapshot = {
      ...{ time: 1_800_000_000_000 + tick * 1000, monotonic: tick * 1000, processes, gaps: [] },
      ...{
        host: { name: 'bench', platform: 'linux', kernel: '6.18.0' },
        system: { total: 2 ** 33, available: 2 ** 32 },
      },
    };
    const rows = tracker.advance(snapshot, 1000);
    let began = cpu();
    state = update(state, { type: 'sampled', view: { snapshot, rows, tracker } }).state;
    frameLines(state);
    wantedBy(state);
    if (tick >= 20) ticks.push(cpu() - began);
    began = cpu();
    state = update(state, { type: 'key', key: tick % 2 === 0 ? 'D' : 'M' }).state;
    frameLines(state);
    if (tick >= 20) keys.push(cpu() - began);
  }
  return { ticks, keys };
}

/** Each process has four children; there are forty names, three users and a hundred containers. */
function born(pid: number): Process {
  const who = {
    ...{ pid, ppid: Math.floor(pid / 4), startTime: pid, name: `program${pid % 40}`, kernel: false },
    ...{ command: `program${pid % 40} --run ${pid}`, user: `user${pid % 3}` },
  };
  const cgroup = `/system.slice/docker-${String(pid % 100).padStart(64, '0')}.scope`;
  return { who, state: 'S', rss: pid * 2 ** 16, virtual: 2 ** 30, threads: 1, cpuTime: 0, swap: 0, cgroup };
}

function moved(process: Process, tick: number): Process {
  const rss = 2 ** 16 * (1 + (((process.rss / 2 ** 16) * 31 + tick) % 512));
  return { ...process, rss, cpuTime: (process.cpuTime ?? 0) + 10, sinceLastRead: 1000 };
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
