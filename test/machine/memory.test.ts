// Where this machine's memory went: a tmpfs of the test's own is filled, huge pages are reserved, and memtop must name both.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TmpfsReader } from '../../src/sampling/linux/machine/tmpfs-reader.ts';
import { FileReader } from '../../src/sampling/linux/reading/file-reader.ts';
import { openProcRoot } from '../../src/sampling/linux/reading/proc-root.ts';

const MEBIBYTE = 2 ** 20;
const MEMTOP = fileURLToPath(new URL('../../bin/memtop.js', import.meta.url));
const HUGE_PAGES = '/proc/sys/vm/nr_hugepages';

interface System {
  readonly total: number;
  readonly free: number;
  readonly cached: number;
  readonly buffers: number;
  readonly memory: Readonly<Record<string, number>>;
}

function check(): System {
  const { stdout } = spawnSync(process.execPath, [MEMTOP, '--once', '-o', 'json', '-p', '1'], { encoding: 'utf8' });
  return JSON.parse(stdout).system;
}

const isRoot = process.getuid?.() === 0;

/** A tmpfs in a folder of its own, or undefined where none may be mounted. */
function mountTmpfs(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-tmpfs-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512m', 'memtop-test', folder]);
  onTestFinished(() => {
    if (status === 0) execFileSync('umount', [folder]);
    rmdirSync(folder);
  });
  return status === 0 ? folder : undefined;
}

describe('where the memory of this machine went', () => {
  it('adds up to MemTotal, with less than 3 percent unaccounted for, and agrees with free', () => {
    const before = spawnSync('free', ['-b'], { encoding: 'utf8' }).stdout;
    const { total, memory } = check();
    expect(Object.entries(memory).reduce((sum, [id, bytes]) => sum + (id === 'zramStored' ? 0 : bytes), 0)).toBe(total);
    expect(Math.abs(memory['unaccounted'] ?? Number.NaN)).toBeLessThan(0.03 * total);
    // Total, used, free, shared, and buffers with cache: page cache, shared memory and reclaimable slab together.
    const columns = /^Mem: +(.*)$/m.exec(before)?.[1]?.split(/ +/).map(Number) ?? [];
    expect(columns[0]).toBe(total);
    const { cache = 0, shared = 0, slabReclaimable = 0 } = memory;
    const drift = 200 * MEBIBYTE;
    expect(Math.abs((columns[3] ?? 0) - shared)).toBeLessThan(drift);
    expect(Math.abs((columns[4] ?? 0) - (cache + shared + slabReclaimable))).toBeLessThan(drift);
  });

  it('is seen in shared memory when a tmpfs is filled, is named by its folder, and goes when the file does', () => {
    const folder = mountTmpfs();
    if (folder === undefined) {
      process.stderr.write('not tested: no tmpfs may be mounted here\n');
      expect(isRoot, 'root may mount a tmpfs, unless it is in a container').toBe(false);
      return;
    }
    const before = check().memory;
    writeFileSync(join(folder, 'file'), Buffer.alloc(300 * MEBIBYTE, 1));
    const filled = check();
    const grown = (filled.memory['shared'] ?? 0) - (before['shared'] ?? 0);
    expect(grown).toBeGreaterThan(280 * MEBIBYTE);
    expect(grown).toBeLessThan(330 * MEBIBYTE);
    expect(Math.abs(filled.memory['unaccounted'] ?? Number.NaN)).toBeLessThan(0.03 * filled.total);
    const named = new TmpfsReader(openProcRoot('/proc'), new FileReader()).read(0);
    expect(named).toContainEqual({ folder, used: 300 * MEBIBYTE });
    writeFileSync(join(folder, 'file'), '');
    expect((check().memory['shared'] ?? 0) - (before['shared'] ?? 0)).toBeLessThan(30 * MEBIBYTE);
  });

  it('is seen in huge pages when some are reserved, though nothing uses them', () => {
    if (!isRoot) {
      process.stderr.write('not tested: only root may reserve huge pages\n');
      return;
    }
    const reserved = Number(readFileSync(HUGE_PAGES, 'utf8'));
    onTestFinished(() => writeFileSync(HUGE_PAGES, String(reserved)));
    const before = check().memory['hugePages'] ?? 0;
    writeFileSync(HUGE_PAGES, String(reserved + 20));
    const added = Number(readFileSync(HUGE_PAGES, 'utf8')) - reserved;
    const size = Number(/^Hugepagesize: +(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024;
    expect(added).toBeGreaterThan(0);
    expect((check().memory['hugePages'] ?? 0) - before).toBe(added * size);
  });
});
