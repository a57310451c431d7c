// PSS and USS compared with smem and with the sums of smaps, for idle processes that share memory.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../helpers/other-programs.ts';

/**
 * A parent with 120 MiB that three have, of which each of its two children has written to 40 MiB, and 80 MiB of its own.
 * In Perl, which has nothing but libc in common with smem and with memtop: those are processes too while they look.
 */
const PROGRAM = `
$| = 1;
my $held = 'x' x (120 << 20);
for my $number (0, 1) {
  next if fork();
  for (my $at = $number * (40 << 20); $at < ($number + 1) * (40 << 20); $at += 4096) { substr($held, $at, 1) = 'y' }
  print "ready\\n";
  sleep 600;
}
my $own = 'z' x (80 << 20);
print "ready\\n";
sleep 600;
`;

let family: ChildProcess;
let pids: number[];

beforeAll(async () => {
  family = spawn('perl', ['-e', PROGRAM], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  await new Promise<void>((resolve) =>
    family.stdout?.on('data', (text) => {
      output += text;
      if (output.split('\n').length > 3) resolve();
    }),
  );
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(family.pid)], { encoding: 'utf8' });
  pids = [family.pid ?? 0, ...children.trim().split(/\s+/).map(Number)];
});

afterAll(() => {
  if (family.pid !== undefined) process.kill(-family.pid, 'SIGKILL');
});

interface Told {
  readonly rss: number;
  readonly pss: number;
  readonly uss: number;
}

/** By pid, in bytes. */
function memtop(): Map<number, Told> {
  const words = ['bin/memtop.js', '-o', 'json', '-c', 'pss,uss', '-p', pids.join(',')];
  const document = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }));
  return new Map(document.processes.map((each: Told & { pid: number }) => [each.pid, each]));
}

function smem(): Map<number, Told> {
  const table = execFileSync('smem', ['-H', '-c', 'pid pss uss'], { encoding: 'utf8' });
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return new Map(
    rows.map(([pid = 0, pss = 0, uss = 0]) => [pid, { rss: Number.NaN, pss: pss * 1024, uss: uss * 1024 }]),
  );
}

function summed(pid: number): Told {
  const smaps = readFileSync(`/proc/${pid}/smaps`, 'latin1');
  const sum = (pattern: RegExp) => [...smaps.matchAll(pattern)].reduce((total, [, size]) => total + Number(size), 0);
  return {
    rss: sum(/^Rss: +(\d+) kB$/gm) * 1024,
    pss: sum(/^Pss: +(\d+) kB$/gm) * 1024,
    uss: sum(/^Private_(?:Clean|Dirty|Hugetlb): +(\d+) kB$/gm) * 1024,
  };
}

function compare(own: Told | undefined, other: Told | undefined): void {
  for (const measure of ['pss', 'uss'] as const) {
    expect(Math.abs((own?.[measure] ?? 0) / (other?.[measure] ?? 0) - 1)).toBeLessThan(0.01);
  }
}

describe('PSS and USS of processes at rest', () => {
  it('count nothing twice: their sum is below that of RSS by the shared memory', () => {
    const reported = [...memtop().values()];
    const sum = (measure: 'rss' | 'pss') => reported.reduce((total, each) => total + each[measure], 0) / 2 ** 20;
    // Of 120 MiB one third is still shared by all, and each of the others by two processes.
    expect(sum('rss') - sum('pss')).toBeGreaterThan(2 * 40 + 40 + 40);
    for (const { pss, uss } of reported) {
      expect(pss).toBeGreaterThan(uss);
      expect(uss / 2 ** 20).toBeGreaterThan(40);
    }
  });

  it('are the sums of /proc/PID/smaps within 1%', () => {
    const reported = memtop();
    for (const pid of pids) compare(reported.get(pid), summed(pid));
  });

  it.runIf(hasProgram('smem'))('are those of smem within 1%', () => {
    const reported = memtop();
    const theirs = smem();
    for (const pid of pids) compare(reported.get(pid), theirs.get(pid));
  });
});
