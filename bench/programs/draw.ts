// Draws a thousand frames for each line on stdin, every one different, and answers with heap and RSS in MiB.
import { createInterface } from 'node:readline';
import { update } from '../../src/app/actions/update.ts';
import { initialState, type State } from '../../src/app/state/state.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { Process } from '../../src/model/snapshot/snapshot.ts';
import { frameOf } from '../../src/screen/frame.ts';
import { Renderer } from '../../src/screen/renderer.tsx';
import { DEFAULTS } from '../../src/settings/table.ts';
import { Painter } from '../../src/terminal/painter.ts';
import { codePointWidth } from '../../src/text/width.ts';

const FRAMES = 1_000;
const PROCESSES = 200;
const INTERVAL = 1_000;
/** In each frame every fifth process changes; in every hundredth frame one ends and another starts. */
const MOVING = 5;
const LIFETIME = 100;

const tracker = new Tracker();
const painter = new Painter(codePointWidth);
let bytes = 0;
const renderer = new Renderer((lines) => {
  bytes += painter.paint(lines).length;
});
let processes: Process[] = Array.from({ length: PROCESSES }, (_, index) => born(index + 1));
let tick = 0;
let state: State = initialState(
  { ...DEFAULTS, colorDepth: 8, background: 'dark', interval: INTERVAL, pids: undefined },
  { columns: 160, rows: 50 },
);

createInterface(process.stdin)
  .on('line', () => {
    for (let frame = 0; frame < FRAMES; frame += 1) drawNext();
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    process.stdout.write(`${heapUsed / 1024 ** 2} ${rss / 1024 ** 2} ${bytes / tick}\n`);
  })
  .once('close', () => renderer.close());

function drawNext(): void {
  tick += 1;
  processes = processes.map((process, index) => {
    if (tick % LIFETIME === 0 && index === (tick / LIFETIME) % PROCESSES) return born(PROCESSES + tick);
    return (index + tick) % MOVING === 0 ? moved(process) : process;
  });
  const time = 1_800_000_000_000 + tick * INTERVAL;
  const total = 8 * 1024 ** 3;
  const view = {
    snapshot: {
      time,
      monotonic: tick * INTERVAL,
      host: { name: 'bench', platform: 'linux', kernel: '6.18.0' },
      system: { total, available: total / 2 + (tick % 64) * 2 ** 20 },
      processes,
      gaps: [],
    },
    rows: [] as ReturnType<Tracker['advance']>,
    tracker,
  };
  view.rows = tracker.advance(view.snapshot, INTERVAL);
  state = update(state, { type: 'sampled', view }).state;
  renderer.draw(frameOf(state));
}

function born(pid: number): Process {
  const who = {
    pid,
    ppid: 1,
    startTime: pid,
    name: `process${pid}`,
    command: `process${pid} --run`,
    user: 'user',
    kernel: false,
  };
  return { who, state: 'S', rss: pid * 2 ** 20, virtual: 2 ** 30, threads: 1, cpuTime: 0 };
}

function moved(process: Process): Process {
  const rss = 2 ** 20 * (1 + (((process.rss / 2 ** 20) * 31 + tick) % 512));
  return { ...process, rss, cpuTime: (process.cpuTime ?? 0) + 10, sinceLastRead: INTERVAL };
}
