// A heap snapshot in a real memory cgroup of the test's own: refused where it might not fit, and the program lives.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { foldersOf, memoryMounts } from '../../src/sampling/linux/cgroup/mount.ts';
import { parseMemberships } from '../../src/sampling/linux/proc/cgroup.ts';
import { memtop } from '../helpers/program.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { until } from '../helpers/until.ts';

const ROOT = join(import.meta.dirname, '../..');
const LIMIT = 450 * 2 ** 20;

let child: ChildProcess | undefined;
let cgroup: string | undefined;
let folder: string | undefined;

afterEach(async () => {
  const ended = child;
  ended?.kill('SIGKILL');
  await until(() => ended === undefined || ended.exitCode !== null || ended.signalCode !== null);
  if (folder !== undefined) removeFolder(folder);
  const made = cgroup;
  await until(() => {
    try {
      if (made !== undefined) rmdirSync(made);
      return true;
    } catch {
      return false;
    }
  });
  [child, cgroup, folder] = [undefined, undefined, undefined];
});

/** A cgroup with a limit, below our own; undefined where none may be made. */
function limited(): string | undefined {
  try {
    const mount = memoryMounts(readFileSync('/proc/self/mountinfo', 'utf8'))[0];
    if (mount === undefined) return undefined;
    const memberships = parseMemberships(readFileSync('/proc/self/cgroup', 'utf8'));
    const places = foldersOf(mount, (mount.version === 1 ? memberships.memory : memberships.unified) ?? '/');
    const made = join(places?.at(mount.version === 1 ? 0 : -1)?.folder ?? mount.folder, `memtop-room-${process.pid}`);
    mkdirSync(made);
    writeFileSync(join(made, mount.version === 1 ? 'memory.limit_in_bytes' : 'memory.max'), String(LIMIT));
    return made;
  } catch {
    return undefined;
  }
}

it('is refused with its figures below a limit of 450 MiB, and the program lives', async ({ skip }) => {
  cgroup = limited();
  if (cgroup === undefined) return skip('no memory cgroup can be made here');
  folder = mkdtempSync(join(tmpdir(), 'memtop-test-'));
  const program = join(ROOT, 'test/fixtures/programs/node/kept-cache.cjs');
  const started = spawn(process.execPath, ['--require', join(ROOT, 'dist/agent.cjs'), program, '60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  writeFileSync(join(cgroup, 'cgroup.procs'), String(started.pid));
  let output = '';
  started.stdout.on('data', (text) => (output += text));
  await until(() => output.includes('READY'));
  const ended = await memtop('collect', '--json', '--heap-snapshot', folder, String(started.pid));
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/no heap snapshot written\. Writing it may take up to \S+G in the program/);
  expect(ended.stderr).toMatch(/left below the limit of .+ \(450M\)\. Add --yes/);
  expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: 'retained', heapSnapshot: { error: expect.any(String) } });
  expect(readdirSync(folder)).toEqual([]);
  expect(started.exitCode ?? started.signalCode).toBeNull();
});
