// The Node agent on every version it promises, with binaries that npm packages bring.
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, PROGRAMS, type Program, type StartOptions, until } from '../agent/node/harness.ts';
import { nodeOfVersion } from '../helpers/node-versions.ts';

const MB = 2 ** 20;
const OTHER_USER = 65534;

/** What a bare program of that version weighs, and whether malloc_trim can be reached. */
const VERSIONS = [
  { major: 16, exact: '16.20.2', bareMegabytes: 45, trims: false },
  { major: 18, exact: '18.20.8', bareMegabytes: 50, trims: false },
  { major: 20, exact: '20', bareMegabytes: 50, trims: false },
  { major: 22, exact: '22', bareMegabytes: 55, trims: false },
  { major: 24, exact: '24', bareMegabytes: 60, trims: false },
  { major: 26, exact: '26', bareMegabytes: 60, trims: true },
] as const;

/** A test there is only where its subject exists: the permission model from 20 on, other users for root. */
const onlyIf = (exists: boolean): typeof it | (() => void) => (exists ? it : () => undefined);

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.create();
});
afterEach(() => bench.dispose());

describe.each(VERSIONS)('on Node $major the agent', { timeout: 120_000 }, (version) => {
  const start = (args: readonly string[], options: StartOptions = {}): Program =>
    bench.start(args, { node: nodeOfVersion(version.major, version.exact), ...options });
  const startReady = async (name: string, ...args: string[]): Promise<Program> => {
    const program = start([join(PROGRAMS, name), ...args]);
    await program.ready();
    return program;
  };
  const DONE = ['-e', 'setTimeout(() => console.log("done"), 200)'];
  const expectSilent = async (program: Program): Promise<void> => {
    expect(await program.exited).toEqual({ code: 0, signal: null });
    expect({ stdout: program.stdout, stderr: program.stderr }).toEqual({ stdout: 'done\n', stderr: '' });
  };
  /** RSS two seconds after a reclaim, which is when a client reads it. */
  const rssAfterReclaim = async (program: Program): Promise<number> => {
    await bench.ask(program, 'collect');
    await delay(2_000);
    expect(program.stderr).toBe('');
    return program.rss();
  };

  it('loads silently, identifies itself and exits with its program', async () => {
    const program = start(DONE);
    const client = await until('its socket', () => bench.listSockets()[0]).then(() =>
      bench.client(bench.socketOf(program.pid)),
    );
    const hello = await client.ask('hello', { protocol: 1 });
    expect(hello).toMatchObject({ pid: program.pid, runtime: 'node' });
    expect(hello.version.startsWith(`${version.major}.`)).toBe(true);
    expect(hello.capabilities.includes('trim')).toBe(version.trims);
    expect((await client.ask('stats')).heapUsed).toBeGreaterThan(0);
    expect((await client.ask('spaces')).length).toBeGreaterThan(4);
    await expectSilent(program);
    expect(bench.listSockets()).toEqual([]);
  });

  it.each(['.cjs', '.mjs'])('comes with an app%s by NODE_OPTIONS', async (extension) => {
    const app = join(bench.folder, `app${extension}`);
    writeFileSync(
      app,
      extension === '.mjs'
        ? 'import "node:fs"; setInterval(() => {}, 99); console.log("READY")'
        : 'setInterval(() => {}, 99); console.log("READY")',
    );
    const program = start([app], { agent: false, env: { NODE_OPTIONS: `--require ${bench.agent}` } });
    await program.ready();
    expect((await bench.ask(program, 'hello')).pid).toBe(program.pid);
  });

  it('exports collect and stats to CommonJS and ESM', async () => {
    const app = join(bench.folder, 'app.mjs');
    const load = `import { collect, stats } from ${JSON.stringify(bench.agent)};`;
    writeFileSync(
      app,
      `${load} collect().then(({ level }) => stats().rss > 0 && level === 'reclaim' && console.log('done'))`,
    );
    await expectSilent(start([app], { agent: false }));
  });

  it('minor: collects young objects and leaves old ones', async () => {
    const { after, steps } = await bench.ask(await startReady('kept-cache.cjs', '60'), 'collect', { level: 'minor' });
    expect(steps.map(({ name }) => name)).toEqual(['minor']);
    expect(after.heapUsed).toBeGreaterThan(50 * MB);
  });

  it('full: really is a major collection', async () => {
    const program = await startReady('dropped-objects.cjs', '60');
    const { after, steps } = await bench.ask(program, 'collect', { level: 'full' });
    expect(after.heapUsed).toBeLessThan(10 * MB);
    expect(steps.map(({ name }) => name)).toEqual(['major']);
  });

  it('full: reports the freed buffers', async () => {
    const program = await startReady('dropped-buffers.cjs', '60');
    const { after } = await bench.ask(program, 'collect', { level: 'full' });
    expect(after.external).toBeLessThan(10 * MB);
  });

  it('reclaim: brings RSS down after objects were dropped', async () => {
    const program = await startReady('dropped-objects.cjs', '150');
    expect(program.rss()).toBeGreaterThan(180 * MB);
    expect(await rssAfterReclaim(program)).toBeLessThan(1.3 * version.bareMegabytes * MB);
  });

  it('reclaim: brings RSS down where one object in 20 is kept', async () => {
    const program = await startReady('fragmented.cjs', '150');
    expect(await rssAfterReclaim(program)).toBeLessThan(1.3 * (version.bareMegabytes + 15) * MB);
  });

  it('reclaim: brings RSS down when a worker thread dropped it', async () => {
    const program = await startReady('worker-holds.cjs', '150');
    expect(program.rss()).toBeGreaterThan(180 * MB);
    expect(await rssAfterReclaim(program)).toBeLessThan(1.3 * (version.bareMegabytes + 10) * MB);
  });

  it('reclaim: trims freed buffers where it says it can', async () => {
    const program = await startReady('dropped-buffers.cjs', '150');
    const { steps } = await bench.ask(program, 'collect');
    expect(steps.some(({ name, note }) => name === 'trim' && note === undefined)).toBe(version.trims);
    if (version.trims) expect(await rssAfterReclaim(program)).toBeLessThan(1.3 * version.bareMegabytes * MB);
  });

  it('reclaim: leaves native memory and a cache where they are', async () => {
    const native = await startReady('native-growth.cjs', '150');
    const { before, after } = await bench.ask(native, 'collect');
    expect((before.heapUsed ?? 0) + (before.external ?? 0)).toBeLessThan(before.rss / 2);
    expect(after.rss).toBeGreaterThan(0.9 * before.rss);
    const cache = await bench.ask(await startReady('kept-cache.cjs', '100'), 'collect');
    expect(cache.after.heapUsed).toBeGreaterThan(0.75 * (cache.before.heapUsed ?? 0));
  });

  it('reclaim: reaches a worker without an agent when no thread starts or ends', async () => {
    const app = join(bench.folder, 'app.cjs');
    const worker = `let a = []; for (let i = 0; i < 6e5; i++) a.push({ i, l: [i, i, i, i] }); setTimeout(() => {
      a = undefined; require('worker_threads').parentPort.postMessage(0) }, 99); setInterval(() => {}, 1000)`;
    writeFileSync(
      app,
      `require(${JSON.stringify(bench.agent)}); const { Worker } = require('worker_threads');
      new Worker(${JSON.stringify(worker)}, { eval: true }).once('message', () => console.log('READY'))`,
    );
    const program = start([app], { agent: false });
    await program.ready();
    const client = await bench.client(bench.socketOf(program.pid));
    for (let count = 0; ; count += 1) {
      const { steps } = await client.ask('collect');
      if (steps.find(({ name }) => name === 'workers')?.workers === 1) break;
      if (count === 20) throw new Error(`never reached: ${JSON.stringify(steps)}`);
      await delay(500);
    }
    expect(program.rss()).toBeLessThan(1.3 * (version.bareMegabytes + 10) * MB);
  });

  it('reclaim: says which workers it did not reach', async () => {
    const script = `const { Worker } = require('worker_threads');
      const worker = new Worker("require('worker_threads').parentPort.postMessage(0); for (;;);", { eval: true });
      worker.once('message', () => console.log('READY'));`;
    const program = start(['-e', script]);
    await program.ready();
    const { steps } = await bench.ask(program, 'collect');
    expect(steps.find(({ name }) => name === 'workers')).toMatchObject({
      workers: 0,
      note: expect.stringMatching(/busy/),
    });
    await program.kill();
  });

  it('reclaim: again and again, with workers coming and going', async () => {
    const script = `const { Worker } = require('worker_threads');
      const next = () => new Worker('setTimeout(() => {}, 30)', { eval: true }).on('exit', next);
      next(); next(); console.log('READY')`;
    const program = start(['-e', script]);
    await program.ready();
    const client = await bench.client(bench.socketOf(program.pid));
    for (let count = 0; count < 20; count += 1) await client.ask('collect');
    expect(program.child.signalCode).toBeNull();
    expect(program.stderr).toBe('');
  });

  it('reports collections by kind while a client is subscribed', async () => {
    const script =
      'setInterval(() => { for (let i = 0; i < 3e5; i++) globalThis.x = { i }; }, 20); console.log("READY")';
    const program = start(['-e', script]);
    await program.ready();
    const client = await bench.client(bench.socketOf(program.pid));
    await client.ask('subscribe', { events: ['gc'], interval: 100 });
    await client.ask('collect', { level: 'full' });
    const counted = await until('both kinds', () => {
      client.send('{"jsonrpc":"2.0","id":"x","method":"stats"}');
      const last = client.replies.at(-1)?.result as { gc?: Record<string, { count: number }> } | undefined;
      return last?.gc?.['minor'] !== undefined && last.gc['major'] !== undefined ? last.gc : undefined;
    });
    expect(Object.keys(counted).every((kind) => ['minor', 'major', 'incremental', 'weak'].includes(kind))).toBe(true);
  });

  it('writes a heap snapshot', async () => {
    const program = start(['-e', 'setInterval(() => {}, 99); console.log("READY")']);
    await program.ready();
    expect((await bench.ask(program, 'heapSnapshot', { directory: bench.folder })).bytes).toBeGreaterThan(100_000);
  });

  it('has a socket in each process of a cluster', async () => {
    const program = await startReady('cluster-of-four.cjs', '1');
    const pids = [program.pid, ...program.stdout.trim().split(' ').slice(1).map(Number)];
    await until('five sockets', () => bench.listSockets().length === 5);
    for (const pid of pids) {
      const client = await bench.client(bench.socketOf(pid));
      expect((await client.ask('hello')).pid).toBe(pid);
      client.close();
    }
  });

  onlyIf(version.major >= 20)('is silent under the permission model', async () => {
    const flag = version.major < 22 ? '--experimental-permission' : '--permission';
    await expectSilent(start(DONE, { flags: [flag, '--allow-fs-read=*', '--no-warnings'] }));
    expect(bench.listSockets()).toEqual([]);
  });

  onlyIf(version.major >= 20)('works with what the permission model lets it, and says what it could not', async () => {
    const flag = version.major < 22 ? '--experimental-permission' : '--permission';
    const net = version.major >= 26 ? ['--allow-net'] : [];
    const flags = [flag, '--allow-fs-read=*', '--allow-fs-write=*', ...net, '--no-warnings'];
    const program = start([join(PROGRAMS, 'dropped-objects.cjs'), '60'], { flags });
    await program.ready();
    expect((await bench.ask(program, 'hello')).capabilities).not.toContain('workers');
    const { after, steps } = await bench.ask(program, 'collect');
    expect(after.heapUsed).toBeLessThan(10 * MB);
    if (version.major < 22) expect(steps[0]?.note).toMatch(/inspector/);
    expect(program.stderr).toBe('');
  });

  onlyIf(process.geteuid?.() === 0)('is silent where its user may write nowhere', async () => {
    chmodSync(bench.folder, 0o755);
    const readOnly = 'mount --bind /tmp /tmp && mount -o remount,bind,ro /tmp';
    const run = `${readOnly} && exec setpriv --reuid ${OTHER_USER} --regid ${OTHER_USER} --clear-groups "$@"`;
    const [command, ...args] = [
      'unshare',
      '--mount',
      'sh',
      '-c',
      run,
      'sh',
      nodeOfVersion(version.major, version.exact),
      '--require',
      bench.agent,
      ...DONE,
    ];
    const program = bench.start(args, {
      node: command as string,
      agent: false,
      env: { XDG_RUNTIME_DIR: '/proc', HOME: '/' },
    });
    await expectSilent(program);
    expect(existsSync(`/tmp/memtop-${OTHER_USER}/${program.pid}.sock`)).toBe(false);
  });

  onlyIf(process.geteuid?.() === 0)('does not take another user’s runtime directory', async () => {
    chmodSync(bench.folder, 0o755);
    await expectSilent(start(DONE, { uid: OTHER_USER }));
    expect(bench.listSockets()).toEqual([]);
  });
});
