// Limits of real memory cgroups of the test's own: what memtop says of one it is in, and that it goes on when it is short.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { foldersOf, memoryMounts } from '../../src/sampling/linux/cgroup/mount.ts';
import { parseMemberships } from '../../src/sampling/linux/proc/cgroup.ts';
import { until } from '../helpers/until.ts';

const MEBIBYTE = 2 ** 20;
const MEMTOP = fileURLToPath(new URL('../../bin/memtop.js', import.meta.url));

/** Bit 24 of the effective capabilities (capabilities(7)). */
const mayAdjust =
  ((BigInt(`0x${/CapEff:\s*(\w+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0}`) >> 24n) & 1n) === 1n;

/** A cgroup below our own, or why none can be made. */
interface Made {
  readonly folder: string;
  readonly version: 1 | 2;
}

function make(name: string): Made | string {
  try {
    const mount = memoryMounts(readFileSync('/proc/self/mountinfo', 'utf8'))[0];
    if (mount === undefined) return 'no memory cgroups are mounted';
    const memberships = parseMemberships(readFileSync('/proc/self/cgroup', 'utf8'));
    const path = mount.version === 1 ? memberships.memory : memberships.unified;
    // A cgroup of version 2 with members of its own cannot hand out controllers: the test's is made at the root.
    const places = path === undefined ? undefined : foldersOf(mount, path);
    const folder = join(places?.at(mount.version === 1 ? 0 : -1)?.folder ?? mount.folder, name);
    mkdirSync(folder);
    readFileSync(join(folder, mount.version === 1 ? 'memory.limit_in_bytes' : 'memory.max'));
    return { folder, version: mount.version };
  } catch (error) {
    return (error as Error).message;
  }
}

const trial = make(`memtop-trial-${process.pid}`);
if (typeof trial === 'string') process.stderr.write(`skipped: no cgroup can be made here: ${trial}\n`);
else rmdirSync(trial.folder);

const children: ChildProcess[] = [];
const made: string[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    await until(() => child.exitCode !== null || child.signalCode !== null);
  }
  for (const folder of made.splice(0)) {
    await until(() => {
      try {
        rmdirSync(folder);
        return true;
      } catch {
        return false;
      }
    });
  }
});

function limited(bytes: number): Made {
  const group = make(`memtop-test-${process.pid}-${made.length}-${Date.now()}`) as Made;
  made.push(group.folder);
  setLimit(group, bytes);
  return group;
}

function setLimit({ folder, version }: Made, bytes: number): void {
  writeFileSync(join(folder, version === 1 ? 'memory.limit_in_bytes' : 'memory.max'), String(bytes));
}

/** The shell joins the cgroup before it becomes the command. */
const joining = ({ folder }: Made, words: readonly string[]) =>
  ['-c', 'echo $$ > "$0/cgroup.procs"; exec "$@"', folder, ...words] as const;

function start(group: Made, words: readonly string[]): ChildProcess {
  const child = spawn('sh', joining(group, words), { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

describe.skipIf(typeof trial === 'string')('in a memory cgroup with a limit', () => {
  it('JSON and the status line show the limit and its usage', () => {
    const group = limited(512 * MEBIBYTE);
    const run = (...words: string[]) =>
      spawnSync('sh', joining(group, [process.execPath, MEMTOP, ...words]), { encoding: 'utf8' }).stdout;
    const { system } = JSON.parse(run('-o', 'json'));
    expect(system.limit).toBe(512 * MEBIBYTE);
    expect(system.limitUsed).toBeGreaterThan(5 * MEBIBYTE);
    expect(system.limitUsed).toBeLessThanOrEqual(system.limitCharged);
    expect(run('line')).toMatch(/^mem \d+(\.\d+)?M\/512M limit/);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'with --survive it goes on with 20 MiB left, and while others are ended',
    async () => {
      const group = limited(256 * MEBIBYTE);
      const memtop = start(group, [process.execPath, MEMTOP, '-o', 'ndjson', '-d', '200ms', '--survive', '-p', '1']);
      let lines = 0;
      let used = 0;
      createInterface({ input: memtop.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        lines += 1;
        used = JSON.parse(line).system.limitUsed;
      });
      await until(() => lines >= 10, 60_000);
      const adjustment = readFileSync(`/proc/${memtop.pid}/oom_score_adj`, 'utf8').trim();
      // A container's root may not lower it: there the hog offers itself.
      if (!mayAdjust)
        process.stderr.write('without CAP_SYS_RESOURCE the kernel does not allow lowering oom_score_adj\n');
      expect(adjustment).toBe(mayAdjust ? '-900' : '0');
      setLimit(group, Math.ceil((used + 20 * MEBIBYTE) / MEBIBYTE) * MEBIBYTE);
      const before = lines;
      await until(() => lines >= before + 20, 60_000);
      // Another process takes the rest and is killed for it.
      const offer = mayAdjust ? '' : "require('fs').writeFileSync('/proc/self/oom_score_adj', '1000');";
      const program = 'const held = []; for (;;) held.push(Buffer.alloc(1 << 20, 1));';
      const hog = start(group, [process.execPath, '-e', offer + program]);
      await until(() => hog.signalCode === 'SIGKILL' || hog.exitCode !== null, 60_000);
      const after = lines;
      await until(() => lines >= after + 10, 60_000);
      expect([memtop.exitCode, memtop.signalCode]).toEqual([null, null]);
    },
    200_000,
  );
});
