// A made-up machine, by default a day of 200 processes with a sample every 5 s: 12 % of them move in each, and short jobs come and go.
import type { Process, Snapshot } from '../src/model/snapshot/snapshot.ts';
import { between, MIB, type Random, seeded } from './curves.ts';

/** How many processes, how many milliseconds apart the samples are, and how many of those. */
export interface MadeUp {
  readonly processes: number;
  readonly interval: number;
  readonly samples: number;
}

const DAY: MadeUp = { processes: 200, interval: 5000, samples: 86_400_000 / 5000 };

/** The fraction of processes that move in a tick. */
const MOVING = 0.12;
/** Every N samples a short job takes the place of a process. */
const JOB_EVERY = 12;
const PAGE = 4096;

const pages = (bytes: number) => Math.round(bytes / PAGE) * PAGE;

function processOf(pid: number, name: string, rss: number): Process {
  const command = `/usr/bin/${name} --config /etc/${name}/${name}.conf --listen 127.0.0.1:${8000 + (pid % 1000)}`;
  const who = { pid, ppid: 1, startTime: pid * 7, startedAt: pid * 70, name, command, user: 'www-data', kernel: false };
  const cgroup = `/system.slice/${name}.service`;
  return {
    who,
    state: 'S',
    rss: pages(rss),
    virtual: 2 ** 30,
    threads: 4,
    cpuTime: 0,
    peak: pages(rss),
    swap: 0,
    cgroup,
  };
}

function moved(process: Process, random: Random, interval: number): Process {
  if (random() >= MOVING) return process;
  const rss = Math.max(PAGE, process.rss + pages(between(random, -0.2, 0.2) * MIB));
  const cpuTime = (process.cpuTime ?? 0) + Math.round(between(random, 0, 50)) * 10;
  return {
    ...process,
    rss,
    peak: Math.max(process.peak ?? 0, rss),
    cpuTime,
    sinceLastRead: interval + between(random, 0, 3),
  };
}

export function* day({ processes: count, interval, samples }: MadeUp = DAY): Generator<Snapshot> {
  const random = seeded(1);
  let processes = Array.from({ length: count }, (_, index) =>
    processOf(index + 1, `worker${index}`, between(random, 4, 400) * MIB),
  );
  let available = 900 * MIB;
  for (let sample = 0; sample < samples; sample += 1) {
    processes = processes.map((process) => moved(process, random, interval));
    if (sample % JOB_EVERY === 0) {
      const replaced = Math.floor(random() * count);
      processes = [...processes.toSpliced(replaced, 1), processOf(1000 + count + sample, 'job', 5 * MIB)];
    }
    available = Math.max(MIB, available + pages(between(random, -2, 2) * MIB));
    yield {
      time: 1_800_000_000_000 + sample * interval,
      monotonic: sample * interval + random(),
      host: { name: 'web-1', platform: 'linux', kernel: '6.18.0' },
      system: {
        total: 2048 * MIB,
        available,
        free: available / 2,
        swapTotal: 0,
        swapFree: 0,
        use: { anonymous: available },
      },
      processes,
      gaps: [],
    };
  }
}
