// Filters 10,000 rows by each query on a line of stdin, and answers with the milliseconds of CPU: the first pass, and the middle one of many.
import { createInterface } from 'node:readline';
import { select } from '../../src/model/arrangement/select-and-sort.ts';
import { filterAt, readQuery } from '../../src/model/query/query.ts';
import { openRegexes } from '../../src/model/query/regex-engine.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import { median } from '../statistics.ts';

const ROWS = 10_000;
const PASSES = 101;

const now = () => performance.now();
const regexes = openRegexes({ passLasts: Number.POSITIVE_INFINITY, longestText: 4096, now });
const tracker = new Tracker();
const time = Date.now();
const rows = tracker.advance(
  {
    time,
    monotonic: 0,
    host: { name: 'bench', platform: 'linux', kernel: '6.18.0' },
    system: {},
    processes: Array.from({ length: ROWS }, (_, index) => processOf(index + 1)),
    gaps: [],
  },
  1000,
);
const moment = { time, timeline: tracker.timeline };

createInterface(process.stdin).on('line', (text) => {
  const reading = readQuery(text, regexes);
  if (!('query' in reading)) throw new Error(`${text} is not a query`);
  const passes: number[] = [];
  while (passes.length < PASSES) {
    const began = process.cpuUsage();
    select(rows, { filter: filterAt(reading.query, moment, regexes), kernel: false });
    const { user, system } = process.cpuUsage(began);
    passes.push((user + system) / 1000);
  }
  process.stdout.write(`${passes[0]} ${median(passes)}\n`);
});

function processOf(pid: number) {
  const name = pid % 3 === 0 ? 'node' : pid % 3 === 1 ? 'python3' : 'postgres';
  const command = `/usr/lib/${name}/bin/${name} --listen=127.0.0.1:${pid} --data=/srv/data/${pid}/current worker ${pid % 7}`;
  const who = {
    pid,
    ppid: 1,
    startTime: pid,
    startedAt: time - pid * 1000,
    name,
    command,
    user: 'www-data',
    kernel: false,
  };
  return { who, state: 'S', rss: pid * 2 ** 16, virtual: 2 ** 30, threads: pid % 20, cpuTime: 0 };
}
