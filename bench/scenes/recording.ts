// A recording of a day: how large it is, what writing it costs, and how soon it is replayed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../result.ts';
import { median } from '../statistics.ts';
import type { Workbench } from '../workbench.ts';

const MEGABYTE = 1e6;
const DAY = 86_400_000;
const ROUNDS = 5;

/** 200 processes every 5 s: MB a day, and the fraction of a core. Making up the day is counted with it. */
const LARGEST = 15;
const MOST = 0.002;

/** Milliseconds until something is printed: of CPU time, which load changes little. */
const OPEN_BUDGET = 500;
/** RSS of a replay against that of memtop printing this machine once. */
const RSS_BUDGET = 1.3;

/** Prints the peak of RSS in MiB and CPU time in milliseconds when Node.js ends. */
const REPORTER = `process.once('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeSync(2, '\\n' + maxRSS / 1024 + ' ' + (userCPUTime + systemCPUTime) / 1000 + '\\n');
});`;

export async function recording(bench: Workbench): Promise<Result[]> {
  const file = join(bench.folder, 'day.rec');
  const program = bench.answering(process.execPath, [await bench.bundle('record')]);
  const [bytes = Number.NaN, cpu = Number.NaN] = await program.ask(file);
  await bench.children.end(program);
  const what = 'recording 200 processes every 5 s for 24 h';
  return [
    {
      what: `${what}, size`,
      measured: `${(bytes / MEGABYTE).toFixed(1)} MB`,
      against: '',
      budget: `<= ${LARGEST} MB`,
      isMet: bytes <= LARGEST * MEGABYTE,
    },
    {
      what: `${what}, CPU`,
      measured: `${((cpu / DAY) * 100).toFixed(3)} % of a core`,
      against: '',
      budget: `<= ${MOST * 100} %`,
      isMet: cpu / DAY <= MOST,
    },
    ...(await replaying(bench, file)),
  ];
}

/** The first sample of a day and one in its middle, next to a sample of this machine; in turns. */
async function replaying(bench: Workbench, file: string): Promise<Result[]> {
  const reporter = join(bench.folder, 'reporter.cjs');
  writeFileSync(reporter, REPORTER);
  const kinds = [['--once'], ['replay', file, '--at', '-1439m'], ['replay', file, '--at', '-12h']];
  const runs = kinds.map(() => ({ rss: [] as number[], cpu: [] as number[] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, words] of kinds.entries()) {
      const { rss, cpu } = await used(bench, reporter, [...words, '-o', 'json']);
      runs[index]?.rss.push(rss);
      runs[index]?.cpu.push(cpu);
    }
  }
  const [once, begin, middle] = runs.map(({ rss, cpu }) => ({ rss: median(rss), cpu: median(cpu) }));
  const ratio = (middle?.rss ?? Number.NaN) / (once?.rss ?? Number.NaN);
  const opened = begin?.cpu ?? Number.NaN;
  const sought = middle?.cpu ?? Number.NaN;
  return [
    {
      what: 'replaying a day, its first sample printed, CPU',
      measured: `${opened.toFixed(0)} ms`,
      against: `--once ${once?.cpu.toFixed(0)} ms`,
      budget: `<= ${OPEN_BUDGET} ms`,
      isMet: opened <= OPEN_BUDGET,
    },
    {
      what: 'replaying a day, one in its middle printed with six hours of history, CPU',
      measured: `${sought.toFixed(0)} ms`,
      against: `--once ${once?.cpu.toFixed(0)} ms`,
      budget: `<= ${OPEN_BUDGET} ms`,
      isMet: sought <= OPEN_BUDGET,
    },
    {
      what: 'replaying a day, peak RSS with six hours of history',
      measured: `${middle?.rss.toFixed(1)} MiB`,
      against: `--once ${once?.rss.toFixed(1)} MiB`,
      budget: `<= ${RSS_BUDGET} x`,
      isMet: ratio <= RSS_BUDGET,
    },
  ];
}

/** What a run of memtop takes: its peak of RSS in MiB, and CPU time in milliseconds. */
async function used(bench: Workbench, reporter: string, words: readonly string[]) {
  const child = spawn(process.execPath, ['--require', reporter, bench.memtop, ...words], {
    env: { ...process.env, MEMTOP_CONFIG: '/dev/null' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(child, 'close');
  const [rss = Number.NaN, cpu = Number.NaN] = text.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { rss, cpu };
}
