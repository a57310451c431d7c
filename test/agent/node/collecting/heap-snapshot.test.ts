import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../helpers/until.ts';
import { Bench, type Client } from '../harness.ts';

let bench: Bench;
let client: Client;
let directory: string;

beforeAll(async () => {
  bench = await Bench.create();
  directory = join(bench.folder, 'snapshots');
  mkdirSync(directory);
  const program = await bench.startReady(['-e', 'setInterval(() => {}, 1000); console.log("READY")']);
  client = await bench.client(bench.socketOf(program.pid));
});
afterAll(() => bench.dispose());

describe('a heap snapshot', { timeout: 60_000 }, () => {
  it('is a whole file that only its owner may read', async () => {
    const { path, bytes, ms } = await client.ask('heapSnapshot', { directory: `${directory}/` });
    expect(path.startsWith(`${directory}/memtop-`)).toBe(true);
    expect(statSync(path)).toMatchObject({ size: bytes });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(ms).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveProperty('snapshot.node_count');
  });

  it('is written to a new file each time', async () => {
    const before = readdirSync(directory).length;
    const first = await client.ask('heapSnapshot', { directory });
    const second = await client.ask('heapSnapshot', { directory });
    expect(first.path).not.toBe(second.path);
    expect(readdirSync(directory).length).toBe(before + 2);
  });

  it('is not written through a symbolic link', async () => {
    symlinkSync(directory, join(bench.folder, 'link'));
    const { error } = await client.call('heapSnapshot', { directory: join(bench.folder, 'link') });
    expect(error?.code).toBe(-32004);
  });

  it.each([
    ['where there is no directory', '/nonexistent/place', -32004],
    ['into a file', '', -32004],
    ['by a relative path', 'snapshots', -32602],
    ['by no path', 7, -32602],
    ['by a path with a NUL', '/tmp\0x', -32602],
  ])('is not written %s', async (_, path, code) => {
    writeFileSync(join(bench.folder, 'file'), '');
    const { error } = await client.call('heapSnapshot', { directory: path === '' ? join(bench.folder, 'file') : path });
    expect(error?.code).toBe(code);
  });

  it('is not written into another user’s directory', async () => {
    const foreign = process.geteuid?.() === 0 ? join(bench.folder, 'foreign') : '/';
    if (foreign !== '/') {
      mkdirSync(foreign);
      chownSync(foreign, 65534, 65534);
    }
    const { error } = await client.call('heapSnapshot', { directory: foreign });
    expect(error).toMatchObject({ code: -32004, message: expect.stringContaining('another user') });
  });

  it('that cannot be written to its end is taken away, also when its folder has another name by then', async () => {
    // Files of 100 blocks of 512 bytes at most: writing more fails (setrlimit(2), RLIMIT_FSIZE).
    const program = await bench.startReady(['-e', 'setInterval(() => {}, 1000); console.log("READY")'], {
      node: 'sh',
      flags: ['-c', 'ulimit -f 100; exec "$0" "$@"', process.execPath],
    });
    const limited = await bench.client(bench.socketOf(program.pid));
    for (let isRenamed = false; !isRenamed; ) {
      const parent = mkdtempSync(join(bench.folder, 'full-'));
      const [full, moved] = [join(parent, 'full'), join(parent, 'moved')];
      mkdirSync(full);
      let isAnswered = false;
      const requested = limited.call('heapSnapshot', { directory: full }).finally(() => {
        isAnswered = true;
      });
      // On a busy machine it may have come and gone between two checks: then once more.
      await until(() => {
        isRenamed = readdirSync(full).length > 0;
        return isRenamed || isAnswered;
      });
      if (isRenamed) {
        renameSync(full, moved);
        mkdirSync(full);
      }
      const { error } = await requested;
      expect(error).toMatchObject({ code: -32603, message: 'The heap snapshot could not be written (EFBIG).' });
      expect([readdirSync(full), isRenamed ? readdirSync(moved) : []]).toEqual([[], []]);
    }
  });
});
