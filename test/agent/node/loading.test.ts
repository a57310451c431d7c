import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, PROGRAMS, type Program, until } from './harness.ts';

const LIVES = 'setInterval(() => {}, 1000); console.log("READY")';
let bench: Bench;

beforeEach(async () => {
  bench = await Bench.create();
});
afterEach(() => bench.dispose());

const file = (name: string, text: string): string => {
  const path = join(bench.folder, name);
  writeFileSync(path, text);
  return path;
};

/** It runs as if there were no agent, and there is none. */
const expectSilent = async (program: Program): Promise<void> => {
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(program.stdout).toBe('done\n');
  expect(program.stderr).toBe('');
};

describe('an agent', { timeout: 60_000 }, () => {
  it('opens one socket that only its user may use', async () => {
    const program = await bench.startReady(['-e', LIVES]);
    expect(bench.listSockets()).toEqual([`${program.pid}.sock`]);
    expect(statSync(bench.sockets).mode & 0o7777).toBe(0o700);
    expect(statSync(bench.socketOf(program.pid)).mode & 0o7777).toBe(0o600);
    expect(program.stderr).toBe('');
  });

  it('identifies itself as the kernel does', async () => {
    const program = await bench.startReady(['-e', `process.title = "x".repeat(300); ${LIVES}`]);
    const hello = await bench.ask(program, 'hello', { protocol: 1 });
    expect(hello).toMatchObject({ protocol: 1, runtime: 'node', version: process.versions.node, pid: program.pid });
    expect(hello.ppid).toBe(process.pid);
    expect(hello.start).toBeGreaterThan(0);
    expect(hello.title.length).toBeLessThanOrEqual(256);
    expect(hello.capabilities).toContain('reclaim');
  });

  it('reports the numbers of its program, and no zero in place of an unknown value', async () => {
    const program = await bench.startReady(['-e', LIVES]);
    const stats = await bench.ask(program, 'stats');
    expect(stats.rss).toBeGreaterThan(1e6);
    expect(stats.heapUsed).toBeLessThan(stats.heapTotal ?? 0);
    expect(stats.heapLimit).toBeGreaterThan(1e8);
    expect(stats.workers).toBe(0);
    expect(stats).not.toHaveProperty('gc');
    const spaces = await bench.ask(program, 'spaces');
    expect(spaces.map(({ name }) => name)).toContain('old_space');
  });

  it.each([
    ['ends by itself', ''],
    ['calls process.exit', 'process.exit()'],
    ['ends while a client is connected', 'setTimeout(() => {}, 300)'],
  ])('is gone when its program %s', async (_, script) => {
    const source = `const alive = setInterval(() => {}, 1000);
      process.once('SIGUSR2', () => { clearInterval(alive); console.log("done"); ${script} }); process.stderr.write('UP');`;
    const program = bench.start(['-e', source]);
    await until('it can be asked to end', () => program.stderr === 'UP');
    const client = await bench.client(bench.socketOf(program.pid));
    program.child.kill('SIGUSR2');
    expect(await program.exited).toEqual({ code: 0, signal: null });
    expect([program.stdout, program.stderr]).toEqual(['done\n', 'UP']);
    await until('the connection to close', () => client.closed);
    expect(bench.listSockets()).toEqual([]);
  });

  it.each(['app.cjs', 'app.mjs'])('loaded by --require comes with %s', async (name) => {
    const program = await bench.startReady([file(name, LIVES)]);
    expect((await bench.ask(program, 'hello')).pid).toBe(program.pid);
  });

  it('loaded by NODE_OPTIONS comes with the program and its children', async () => {
    const script = `
      const child = require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
      process.on('SIGTERM', () => { child.kill(); process.exit(); });
      ${LIVES}`;
    const program = await bench.startReady(['-e', script], {
      agent: false,
      env: { NODE_OPTIONS: `--require ${bench.agent}` },
    });
    await until('two sockets', () => bench.listSockets().length === 2);
    program.child.kill('SIGTERM');
    await program.exited;
  });

  it.each([
    ['app.mjs', (agent: string) => `import { collect, stats } from ${JSON.stringify(agent)};`],
    ['app.cjs', (agent: string) => `const { collect, stats } = require(${JSON.stringify(agent)});`],
  ])('imported by %s collects without a socket, too', async (name, load) => {
    const body = 'collect({ level: "full" }).then((did) => console.log(did.level, stats().rss > 0, "READY"));';
    const program = await bench.startReady([file(name, `${load(bench.agent)} ${body} setInterval(() => {}, 1000)`)], {
      agent: false,
    });
    expect(program.stdout).toBe('full true READY\n');
    const stats = await bench.ask(program, 'stats');
    expect(stats, 'workers started before the agent came cannot be counted').not.toHaveProperty('workers');
  });

  it('lets a program that has nothing else to do see its own collect finished', async () => {
    const app = file('app.cjs', `require(${JSON.stringify(bench.agent)}).collect().then(() => console.log('done'))`);
    await expectSilent(bench.start([app], { agent: false }));
  });

  it('loaded twice in one process is one agent', async () => {
    const copy = file(
      'copy.cjs',
      `require('fs').copyFileSync(${JSON.stringify(bench.agent)}, __dirname + '/again.cjs');
      require('./again.cjs'); require(${JSON.stringify(bench.agent)}); ${LIVES}`,
    );
    const program = await bench.startReady([copy]);
    expect(bench.listSockets()).toEqual([`${program.pid}.sock`]);
    expect((await bench.ask(program, 'hello')).pid).toBe(program.pid);
    expect(program.stderr).toBe('');
  });

  it('opens no second socket for a worker thread', async () => {
    const program = await bench.startReady([join(PROGRAMS, 'worker-holds.cjs'), '1']);
    expect(bench.listSockets()).toEqual([`${program.pid}.sock`]);
    expect((await bench.ask(program, 'hello')).pid).toBe(program.pid);
  });

  it('is in every process of a cluster, and in the primary', async () => {
    const program = await bench.startReady([join(PROGRAMS, 'cluster-of-four.cjs'), '1']);
    const pids = [program.pid, ...program.stdout.trim().split(' ').slice(1).map(Number)];
    await until('five sockets', () => bench.listSockets().length === 5);
    expect(bench.listSockets()).toEqual(pids.map((pid) => `${pid}.sock`).sort());
    for (const pid of pids) {
      const client = await bench.client(bench.socketOf(pid));
      expect((await client.ask('hello')).pid).toBe(pid);
      client.close();
    }
  });

  it('adds no global, no signal handler and no warning', async () => {
    const report = `console.log(JSON.stringify([Object.getOwnPropertyNames(globalThis).sort(),
      process.eventNames().filter((name) => String(name).startsWith('SIG') || /uncaught|unhandled|warning|message/i.test(String(name)))]))`;
    const [bare, loaded] = [bench.start(['-e', report], { agent: false }), bench.start(['-e', report])];
    await Promise.all([bare.exited, loaded.exited]);
    expect(loaded.stdout).toBe(bare.stdout);
    expect(loaded.stderr).toBe('');
  });
});

describe('a socket in the way', { timeout: 60_000 }, () => {
  /** A program that first puts something where its socket belongs, then loads the agent. */
  const startBehind = (obstacle: string): Promise<Program> =>
    bench.startReady(
      [
        file(
          'app.cjs',
          `const fs = require('fs'), net = require('net'), path = process.env.XDG_RUNTIME_DIR + '/memtop/' + process.pid + '.sock';
          const later = () => { require(${JSON.stringify(bench.agent)}); ${LIVES} };
          ${obstacle}`,
        ),
      ],
      { agent: false },
    );

  it('left by a dead process of the same pid is replaced', async () => {
    mkdirSync(bench.sockets, { mode: 0o700 });
    const dead = `
      require('child_process').execFileSync(process.execPath, ['-e',
        'const s = require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))', path], { stdio: 'ignore' })`;
    const program = await startBehind(`try { ${dead} } catch {} if (!fs.lstatSync(path).isSocket()) throw 1; later();`);
    // Until the agent has found that the socket is dead nothing listens there.
    const client = await retry(() => bench.client(bench.socketOf(program.pid)));
    expect((await client.ask('hello')).pid).toBe(program.pid);
    expect(statSync(bench.socketOf(program.pid)).mode & 0o777).toBe(0o600);
  });

  it('with a listener is left alone', async () => {
    mkdirSync(bench.sockets, { mode: 0o700 });
    const program = await startBehind(`
      net.createServer((client) => { console.log('called'); client.on('error', () => {}); client.end('{"result":"mine"}\\n'); }).listen(path, later);`);
    await until('the agent to find it alive', () => program.stdout.includes('called'));
    const client = await bench.client(bench.socketOf(program.pid));
    await until('the answer of the other listener', () => client.replies[0]?.result === 'mine');
    expect(program.stderr).toBe('');
  });

  it.each([
    ['a file', 'fs.writeFileSync(path, "precious"); later();'],
    [
      'a symbolic link',
      'fs.writeFileSync(path + ".target", "precious"); fs.symlinkSync(path + ".target", path); later();',
    ],
    ['a directory', 'fs.mkdirSync(path); later();'],
  ])('that is %s is left alone', async (_, obstacle) => {
    mkdirSync(bench.sockets, { mode: 0o700 });
    const program = await startBehind(obstacle);
    expect(lstatSync(bench.socketOf(program.pid)).isSocket()).toBe(false);
    expect(program.stderr).toBe('');
  });
});

/** A program whose first folder was refused listens in the next one: leave nothing of it there. */
const endWithFallback = async (program: Program): Promise<void> => {
  await program.kill();
  rmSync(`/tmp/memtop-${process.geteuid?.()}/${program.pid}.sock`, { force: true });
};

describe('where no folder is safe', { timeout: 60_000 }, () => {
  const done = ['-e', 'setTimeout(() => console.log("done"), 100)'];

  it('a planted symbolic link is not followed', async () => {
    const elsewhere = mkdtempSync(join(bench.folder, 'elsewhere-'));
    symlinkSync(elsewhere, bench.sockets);
    const program = await bench.startReady(['-e', LIVES]);
    expect(program.stderr).toBe('');
    expect(readdirSync(elsewhere)).toEqual([]);
    await endWithFallback(program);
  });

  it('a folder that is accessible to other users is not used', async () => {
    mkdirSync(bench.sockets);
    chmodSync(bench.sockets, 0o755);
    const program = await bench.startReady(['-e', LIVES]);
    expect(bench.listSockets()).toEqual([]);
    await endWithFallback(program);
  });

  it('a path that is too long is not cut', async () => {
    const deep = join(bench.folder, 'd'.repeat(100));
    mkdirSync(deep);
    const program = await bench.startReady(['-e', LIVES], { env: { XDG_RUNTIME_DIR: deep } });
    expect(readdirSync(deep)).toEqual([]);
    await endWithFallback(program);
  });

  it('the permission model disables it', async () => {
    const flag = Number.parseInt(process.versions.node, 10) < 22 ? '--experimental-permission' : '--permission';
    const program = bench.start(done, { flags: [flag, '--allow-fs-read=*', '--no-warnings'] });
    await expectSilent(program);
    expect(bench.listSockets()).toEqual([]);
  });
});

async function retry<Value>(attempt: () => Promise<Value>): Promise<Value> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
