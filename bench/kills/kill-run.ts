// Runs real programs in memory cgroups of their own until the kernel kills them, while memtop watches.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { readLevel } from '../../src/sampling/linux/cgroup/level.ts';
import { FileReader } from '../../src/sampling/linux/reading/file-reader.ts';
import { type Cgroup, makeCgroup, removeCgroup } from '../../test/helpers/cgroups.ts';
import type { ReadingLine } from '../judge/line.ts';
import type { Workbench } from '../workbench.ts';
import { feed } from './feeds.ts';
import { ENTER, endAllIn, isV2, killsIn } from './inside.ts';
import type { KilledProgram } from './killed-programs.ts';

/** The record of one program. Times are milliseconds since the epoch. */
export interface KillRun {
  readonly program: KilledProgram;
  readonly began: number;
  ended: number;
  /** Whether the kernel killed a process of its cgroup. */
  isKilled: boolean;
  /** The forecasts of memtop: when each was made, and when it said the limit would be reached. */
  readonly forecasts: { readonly at: number; readonly end: number }[];
  /** The readings at the same moments, to derive the range, which JSON does not contain. */
  readonly readings: ReadingLine[];
}

/** The parts of a document of `memtop -o ndjson` that are read here. */
interface Document {
  readonly time: string;
  readonly processes: readonly {
    readonly pid: number;
    readonly rss?: number;
    readonly cgroup?: string;
    readonly exhaustedAt?: string;
  }[];
}

/** Maximum lifetime of a program in milliseconds. */
const LONGEST = 300_000;
const MIB = 2 ** 20;

export class KillWatch {
  readonly #bench: Workbench;
  readonly #memtop: ChildProcess;
  readonly #listeners = new Set<(document: Document) => void>();

  /** Starts memtop as users do. */
  constructor(bench: Workbench) {
    this.#bench = bench;
    this.#memtop = spawn(process.execPath, [bench.memtop, '-o', 'ndjson', '-d', '1s'], {
      env: { ...process.env, MEMTOP_CONFIG: '/dev/null' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: this.#memtop.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => {
      const document = JSON.parse(line) as Document;
      for (const listener of this.#listeners) listener(document);
    });
    const ended = once(this.#memtop, 'exit').then(() => {});
    bench.children.add({ pid: this.#memtop.pid ?? 0, ended });
  }

  close(): void {
    this.#memtop.kill('SIGTERM');
  }

  /** Runs one program to its end. */
  async run(program: KilledProgram): Promise<KillRun> {
    const folder = mkdtempSync(join(this.#bench.folder, 'killed-'));
    const command = program.command(folder);
    const cgroup = makeCgroup(`memtop-kills-${basename(folder)}`, program.limit * MIB);
    if (typeof cgroup === 'string') throw new Error(cgroup);
    const cpu = cpuCgroup(cgroup.name, program.cpu);
    const run: KillRun = { program, began: Date.now(), ended: 0, isKilled: false, forecasts: [], readings: [] };
    const child = spawn('sh', ['-c', ENTER, cgroup.path, cpu ?? '', ...command], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const ended = once(child, 'exit').then(() => {});
    this.#bench.children.add({ pid: child.pid ?? 0, ended });
    const listener = (document: Document) => note(run, cgroup, document);
    this.#listeners.add(listener);
    const endFeed = startFeed(program, child);
    await Promise.race([ended, delay(LONGEST, undefined, { ref: false })]);
    run.ended = Date.now();
    run.isKilled = killsIn(cgroup) > 0;
    this.#listeners.delete(listener);
    endFeed();
    endAllIn(cgroup);
    await ended;
    await removeCgroup(cgroup);
    if (cpu !== undefined) rmdirSync(cpu);
    if (existsSync(join(folder, 'tmpfs'))) execFileSync('umount', [join(folder, 'tmpfs')], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
    return run;
  }
}

/** A cgroup that may use a fraction of a CPU; undefined where CPU is not limited, or no such cgroup can be created. */
function cpuCgroup(name: string, part: number | undefined): string | undefined {
  const path = `/sys/fs/cgroup/cpu${name}`;
  if (part === undefined || !existsSync('/sys/fs/cgroup/cpu')) return undefined;
  mkdirSync(path);
  writeFileSync(`${path}/cpu.cfs_period_us`, '50000');
  writeFileSync(`${path}/cpu.cfs_quota_us`, String(Math.round(part * 50_000)));
  return path;
}

function startFeed({ reads }: KilledProgram, child: ChildProcess): () => void {
  if (reads === undefined || child.stdin === null) return () => {};
  return feed(child.stdin, reads.feed, reads.pace);
}

function note(run: KillRun, cgroup: Cgroup, { time, processes }: Document): void {
  const own = processes.filter((process) => process.cgroup === cgroup.name);
  if (own.length === 0) return;
  const at = Date.parse(time);
  const forecasts = own.flatMap(({ exhaustedAt }) => (exhaustedAt === undefined ? [] : [Date.parse(exhaustedAt)]));
  if (forecasts.length > 0) run.forecasts.push({ at, end: Math.min(...forecasts) });
  const place = { path: cgroup.name, folder: cgroup.path, version: isV2() ? 2 : 1 } as const;
  const { limits } = readLevel(place, new FileReader(), true);
  const [limit] = limits;
  if (limit === undefined) return;
  run.readings.push({
    ...{ id: run.program.name, t: at / 1000, interval: 1, ask: true, cgroup: limit },
    rss: Math.max(...own.map(({ rss = 0 }) => rss)),
  });
}
