// A /proc tree in a temporary folder, which a test fills and changes while a sampler reads it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface StatOptions {
  readonly name?: string | Buffer;
  readonly state?: string;
  readonly ppid?: number;
  readonly flags?: number;
  readonly faults?: number;
  readonly ticks?: number;
  readonly threads?: number;
  readonly startTime?: number;
  readonly virtual?: number;
  readonly pages?: number;
  readonly exitSignal?: number;
}

/** A line of /proc/PID/stat as fs/proc/array.c prints it. */
export function printStat(pid: number, some: StatOptions = {}): Buffer {
  const { name = 'steady', state = 'S', ppid = 1, flags = 4194560, faults = 100, ticks = 7 } = some;
  const { threads = 1, startTime = 5000, virtual = 10485760, pages = 1000, exitSignal = 17 } = some;
  return Buffer.concat([
    Buffer.from(`${pid} (`),
    Buffer.from(name),
    Buffer.from(
      `) ${state} ${ppid} ${pid} ${pid} 0 -1 ${flags} ${faults} 0 0 0 ${ticks} 0 0 0 20 0 ${threads} 0 ${startTime} ` +
        `${virtual} ${pages} 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 ${exitSignal} 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`,
    ),
  ]);
}

export interface StatusOptions {
  readonly uid?: number;
  readonly peak?: number;
  readonly swap?: number;
}

export class Tree {
  /** The folder that stands for /. */
  readonly above = mkdtempSync(join(tmpdir(), 'memtop-tree-'));
  readonly proc = join(this.above, 'proc');

  constructor() {
    this.write('stat', 'cpu  1 2 3 4\nbtime 1700000000\n');
    this.setMemory(1_000_000, 500_000);
    this.write('loadavg', '0.00 0.00 0.00 1/2 1\n');
  }

  write(file: string, content: string | Buffer): void {
    const path = join(this.proc, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** In KiB. */
  setMemory(total: number, available: number): void {
    this.write('meminfo', `MemTotal: ${total} kB\nMemFree: ${available} kB\nMemAvailable: ${available} kB\n`);
  }

  /** Writes stat alone, as when a process goes on living. */
  move(pid: number, some: StatOptions): void {
    this.write(`${pid}/stat`, printStat(pid, some));
  }

  /** Peak and swap are in KiB. */
  setStatus(pid: number, { uid = 0, peak = 9000, swap = 0 }: StatusOptions = {}): void {
    const lines = ['Name:\tsteady', `Uid:\t0\t${uid}\t${uid}\t${uid}`, `VmHWM:\t ${peak} kB`, `VmSwap:\t ${swap} kB`];
    this.write(`${pid}/status`, `${lines.join('\n')}\nThreads:\t1\n`);
  }

  add(pid: number, some: StatOptions = {}, command = 'steady\0--on\0'): void {
    this.move(pid, some);
    this.setStatus(pid);
    this.write(`${pid}/cmdline`, command);
  }

  end(pid: number): void {
    rmSync(join(this.proc, String(pid)), { recursive: true });
  }

  remove(): void {
    rmSync(this.above, { recursive: true, force: true });
  }
}
