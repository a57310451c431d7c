import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import { ended, LAUNCHER, memtop, start } from '../../helpers/program.ts';
import { Programs } from '../../helpers/programs.ts';
import { until } from '../../helpers/until.ts';

let programs: Programs;
let folder: string;

beforeEach(() => {
  programs = new Programs();
  folder = programs.folder();
});

afterEach(() => programs.end());

const node = (script: string) => ['run', '--', process.execPath, '-e', script];

describe('memtop run', () => {
  it('ends with the exit code of the command', async () => {
    expect(await memtop(...node('process.exit(7)'))).toMatchObject({ code: 7, stdout: '', stderr: '' });
  });

  it('ends with 128 and the number of the signal that ended the command, as a shell sees it', async () => {
    // Where memtop becomes the command, the signal itself ends it: for a shell that is the same.
    const status = async (signal: string) => {
      const words = [LAUNCHER, 'run', '--', 'sh', '-c', `kill -${signal} $$`];
      const shell = spawn('sh', ['-c', '"$@" 2>/dev/null; echo $?', 'sh', process.execPath, ...words]);
      return Number((await ended(shell)).stdout);
    };
    expect(await status('KILL')).toBe(137);
    expect(await status('TERM')).toBe(143);
  });

  it('reports, like a shell, a missing command and one that cannot be executed', async () => {
    expect(await memtop('run', '--', join(folder, 'none'))).toMatchObject({
      code: 127,
      stderr: expect.stringMatching(/no such command/),
    });
    writeFileSync(join(folder, 'text'), 'x', { mode: 0o600 });
    expect(await memtop('run', join(folder, 'text'))).toMatchObject({
      code: 126,
      stderr: expect.stringMatching(/cannot be executed/),
    });
  });

  it('asks for a command where there is none', async () => {
    expect(await memtop('run')).toMatchObject({ code: 2, stderr: expect.stringMatching(/No command given/) });
  });

  it('leaves the flags behind the command to the command, with and without the dashes', async () => {
    const print = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const flags = ['--', '--json', '-d', 'x y', '--help'];
    const expected = JSON.stringify(['--json', '-d', 'x y', '--help']);
    expect(await memtop(...node(print), ...flags)).toMatchObject({ stdout: expected });
    expect(await memtop('run', process.execPath, '-e', print, ...flags)).toMatchObject({ stdout: expected });
  });

  it('keeps the flags for V8 that it runs with itself from the command and its children', async () => {
    const print = 'console.log(process.execArgv.join())';
    const child = `${print}; require("child_process").fork(process.argv[1])`;
    const script = join(folder, 'flags.cjs');
    writeFileSync(script, `if (process.send) { ${print}; process.disconnect(); } else { ${child}; }`);
    const words = ['--expose-gc', '--v8-pool-size=1', '--max-semi-space-size=1', LAUNCHER, 'run', '--'];
    const command = spawn(process.execPath, [...words, process.execPath, '--no-warnings', script]);
    expect((await ended(command)).stdout).toBe('--no-warnings\n--no-warnings\n');
  });

  it('has the agent in the command and in its children, and nothing else of its own', async () => {
    const print = 'console.log(process.env.NODE_OPTIONS, process.env.PYTHONPATH)';
    const child = `require("child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(print)}], { stdio: "inherit" })`;
    const { stdout } = await memtop(...node(child));
    expect(stdout).toMatch(/^--require (\/\S+\/memtop-run-\d+-[0-9a-f]{16})\/agent-loader\.cjs \1\/python\/site\n$/);
  });

  it('says why a program runs without an agent, and runs it', async () => {
    const { code, stdout, stderr } = await memtop('run', '--', 'sh', '-c', 'true chroot; echo "[$NODE_OPTIONS]"');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' });
    expect(stderr).toMatch(/chroot hides the agent's file from Node.js programs, so they run without an agent/);
  });

  it('leaves the debugger that NODE_OPTIONS asks for to the program', async () => {
    const port = await freePort();
    const print = 'console.log(require("inspector").url())';
    const { stdout } = await ended(start(node(print), { env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` } }));
    expect(stdout).toMatch(new RegExp(`^ws://127.0.0.1:${port}/`));
  });

  it('says what to do where NODE_OPTIONS keeps memtop itself from starting programs', async () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
    const env = { NODE_OPTIONS: `${flag} --allow-fs-read=*` };
    expect(await ended(start(['run', '--', 'sh', '-c', 'echo hi'], { env }))).toMatchObject({
      code: 126,
      stdout: '',
      stderr: expect.stringMatching(
        /sh: the permission model .* prevents memtop from starting it\. Set NODE_OPTIONS for/,
      ),
    });
    const below = ['run', '--', 'env', env.NODE_OPTIONS.replace(/^/, 'NODE_OPTIONS='), process.execPath, '-p', '1'];
    expect(await memtop(...below)).toMatchObject({ code: 0, stdout: '1\n' });
  });

  it('has no agent itself: a memtop that it starts lists only others', async () => {
    const { stdout } = await memtop('run', '--', process.execPath, 'bin/memtop.js', 'agents', '--json');
    expect(stdout).not.toContain('bin/memtop.js');
  });

  it('passes on the descriptors it was given, each where it is, and none of its own', async () => {
    for (const name of ['three', 'seven']) writeFileSync(join(folder, name), name);
    const script = 'for n in 3 4 5 6 7 8 9; do test -e /proc/$$/fd/$n && echo $n; done; cat <&3; cat <&7';
    const shell = `exec "$0" "$@" 3<${join(folder, 'three')} 7<${join(folder, 'seven')}`;
    const program = ['sh', ['-c', shell, process.execPath, 'bin/memtop.js', 'run', '--', 'sh', '-c', script]] as const;
    const { stdout } = await ended(spawn(...program, { stdio: ['ignore', 'pipe', 'pipe'] }));
    expect(stdout).toBe('3\n7\nthreeseven');
  });

  it('gives the pid that systemd passes descriptors and its watchdog to, to the command', async () => {
    const print = 'echo "$LISTEN_PID $WATCHDOG_PID $$ $LISTEN_FDS [$LISTEN_PIDFDID]"';
    const own = 'LISTEN_PID=$$ WATCHDOG_PID=$$ LISTEN_FDS=1 LISTEN_PIDFDID=7 exec "$0" "$@" 3</dev/null';
    const other = 'LISTEN_PID=1 WATCHDOG_PID=2 LISTEN_FDS=1 exec "$0" "$@"';
    const under = async (shell: string) => {
      const words = ['-c', shell, process.execPath, 'bin/memtop.js', 'run', '--', 'sh', '-c', print];
      return (await ended(spawn('sh', words, { stdio: ['ignore', 'pipe', 'pipe'] }))).stdout;
    };
    expect(await under(own)).toMatch(/^(\d+) \1 \1 1 \[\]\n$/);
    expect(await under(other)).toMatch(/^1 2 \d+ 1 \[\]\n$/);
  });

  it('has flags of its own before the command', async () => {
    expect(await memtop('run', '--help')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Usage: memtop run/),
    });
    expect(await memtop('run', '--nothing', 'sh')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--nothing/),
    });
  });

  it('passes signals on to the command', async () => {
    const log = join(folder, 'log');
    const script = `
      const { appendFileSync } = require('fs');
      for (const name of ['SIGHUP', 'SIGUSR2', 'SIGINT']) process.on(name, () => appendFileSync(${JSON.stringify(log)}, name + ' '));
      process.on('SIGTERM', () => process.exit(3));
      setInterval(() => {}, 1000);
      appendFileSync(${JSON.stringify(log)}, 'ready ');`;
    const child = start(node(script), { detached: true });
    const done = ended(child);
    for (const [signal, seen] of [
      ['', 'ready '],
      ['SIGHUP', 'SIGHUP '],
      ['SIGUSR2', 'SIGUSR2 '],
      ['SIGINT', 'SIGINT '],
    ] as const) {
      if (signal !== '') child.kill(signal);
      await until(() => existsSync(log) && readFileSync(log, 'utf8').endsWith(seen));
    }
    child.kill('SIGTERM');
    expect(await done).toMatchObject({ code: 3 });
  });
});
