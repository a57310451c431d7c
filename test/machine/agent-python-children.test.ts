// The Python agent in forked children, other ways of starting Python, and other ways of ending it.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { Connection } from '../agent/python/connection.ts';
import { allInterpreters, isAtLeast } from '../agent/python/interpreters.ts';
import {
  accepts,
  fixture,
  launch,
  SITE_FOLDER,
  start,
  startTime,
  temporaryFolder,
} from '../agent/python/python-program.ts';
import { until } from '../agent/python/until.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

describe.each(allInterpreters())('Python $version', (python) => {
  test('forked children have agents of their own, and the parent keeps its own', async () => {
    const program = await start(python, [fixture('prefork.py'), '2', '20000']);
    for (const pid of [program.pid, ...program.words.map(Number)]) {
      const path = program.socketOf(pid);
      await until(() => accepts(path), `the agent of ${pid} listens`, program);
      const connection = await Connection.open(path);
      expect((await connection.ask('hello')).result).toMatchObject({ pid, start: startTime(pid) });
      const { unreachable } = (await connection.ask('collect')).result;
      if (pid !== program.pid) expect(unreachable).toBeGreaterThan(19_000);
    }
    expect(program.output().stderr).toBe('');
  });

  test('a fork long after the start, from a program with one thread, is not warned of', async () => {
    const code = [
      'import os, sys, time',
      'print("READY", flush=True)',
      'input()',
      'pid = os.fork()',
      'if pid == 0: time.sleep(600)',
      'print("FORKED", pid, flush=True)',
      'input()',
      'os.kill(pid, 9)',
    ].join('\n');
    const program = await start(python, ['-W', 'default', writeScript(code)]);
    program.process.stdin?.write('\n');
    await until(() => /FORKED \d+\n/.test(program.output().stdout), 'it has forked', program);
    const child = Number(/FORKED (\d+)/.exec(program.output().stdout)?.[1]);
    await until(() => accepts(program.socketOf(child)), 'the child listens', program);
    expect(await accepts(program.socketOf(program.pid))).toBe(true);
    program.process.stdin?.end('\n');
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output().stderr).toBe('');
  });

  test('a client of the parent stays with the parent when it forks', async () => {
    const code =
      'import os, time\nprint("READY", flush=True); input()\npid = os.fork()\nprint("FORKED", flush=True)\ntime.sleep(2 if pid == 0 else 600)';
    const program = await start(python, ['-c', code]);
    const connection = await Connection.open(program.socketOf(program.pid));
    await connection.ask('subscribe', { events: ['stats'], interval: 100 });
    program.process.stdin?.write('\n');
    await until(() => program.output().stdout.includes('FORKED'), 'it has forked', program);
    expect((await connection.ask('hello')).result.pid).toBe(program.pid);
  });

  test('multiprocessing has agents in its children, however they are started', async () => {
    const code = [
      'import multiprocessing, os, sys, time',
      'def work(method): print(method, os.getpid(), flush=True); time.sleep(600)',
      'if __name__ == "__main__":',
      '    for method in ("fork", "spawn", "forkserver"):',
      '        multiprocessing.get_context(method).Process(target=work, args=(method,), daemon=True).start()',
      '    print("READY", flush=True)',
      '    input()',
    ].join('\n');
    const program = await start(python, [writeScript(code)]);
    const reported = () =>
      [...program.output().stdout.matchAll(/(?:fork|spawn|forkserver) (\d+)\n/g)].map(([, pid]) => pid);
    await until(() => reported().length === 3, 'all three work', program);
    for (const pid of reported()) await until(() => accepts(program.socketOf(Number(pid))), `${pid} listens`, program);
    program.process.stdin?.end('\n');
    await program.ended;
  });

  test('a program that replaces itself by another has a new agent under the same pid', async () => {
    const code =
      'import os, sys; print("READY", flush=True); input(); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])';
    const program = await start(python, ['-c', code, fixture('kept.py'), '7']);
    const path = program.socketOf(program.pid);
    expect((await (await Connection.open(path)).ask('hello')).result.title).toMatch(/^-c /);
    program.process.stdin?.write('\n');
    await until(() => /READY\nREADY\n/.test(program.output().stdout), 'the second program is there', program);
    await until(() => accepts(path), 'its agent listens', program);
    const { result } = await (await Connection.open(path)).ask('hello');
    expect(result).toMatchObject({ pid: program.pid, start: startTime(program.pid), title: `${fixture('kept.py')} 7` });
  });

  test('an existing sitecustomize is run all the same', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      `${folder}/sitecustomize.py`,
      'import sys\nsys.path.insert(0, "/added")\nprint("mine", flush=True)\n',
    );
    const environment = { PYTHONPATH: `${SITE_FOLDER}:${folder}` };
    const code = 'import sys, sitecustomize; print(sitecustomize.__file__, "/added" in sys.path)';
    const program = launch(python, ['-c', code], { environment });
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output()).toEqual({ stdout: `mine\n${folder}/sitecustomize.py True\n`, stderr: '' });
  });

  test('a sitecustomize that fails is reported as without the agent', async () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/sitecustomize.py`, 'import nothing_of_that_name\n');
    const outputs = [];
    for (const path of [folder, `${SITE_FOLDER}:${folder}`]) {
      const program = launch(python, ['-c', 'print(1)'], { environment: { PYTHONPATH: path } });
      await program.ended;
      outputs.push(program.output());
    }
    expect(outputs[1]).toEqual(outputs[0]);
  });

  test.each(['-I', '-S', '-E'])('%s keeps the agent out, and the program runs', async (flag) => {
    const program = launch(python, [flag, '-c', 'import sys; print("memtop_agent" in sys.modules)']);
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output()).toEqual({ stdout: 'False\n', stderr: '' });
  });

  test('a missing agent does not keep the program from starting', async () => {
    const folder = temporaryFolder();
    mkdirSync(`${folder}/site`);
    copyFileSync(`${SITE_FOLDER}/sitecustomize.py`, `${folder}/site/sitecustomize.py`);
    const program = launch(python, ['-c', 'import time; time.sleep(.3); print("runs")'], {
      environment: { PYTHONPATH: `${folder}/site` },
    });
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output()).toEqual({ stdout: 'runs\n', stderr: '' });
  });

  test.runIf(isAtLeast(python, 8))('the agent is compiled once where Python may keep it compiled', async () => {
    const cache = temporaryFolder();
    const environment = { PYTHONDONTWRITEBYTECODE: '', PYTHONPYCACHEPREFIX: cache };
    for (const _ of ['compiled', 'kept']) {
      const program = await start(python, [fixture('kept.py'), '1'], { environment });
      const connection = await Connection.open(program.socketOf(program.pid));
      expect((await connection.ask('hello')).result.pid).toBe(program.pid);
      const files = readdirSync(cache, { recursive: true, encoding: 'utf8' });
      expect(files.filter((name) => /memtop_agent\..*\.pyc$/.test(name))).toHaveLength(1);
    }
  });

  test('a program without a writable folder for the socket runs undisturbed', async () => {
    const program = launch(python, ['-c', 'import time; time.sleep(.5); print("runs")'], {
      environment: { XDG_RUNTIME_DIR: `/nonexistent/${'x'.repeat(120)}`, HOME: '/nonexistent' },
    });
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output()).toEqual({ stdout: 'runs\n', stderr: '' });
  });

  test('the modules next to the script are the script’s own', async () => {
    const folder = temporaryFolder();
    for (const name of ['json', 'socket', 'selectors', 'threading', 'struct', 'queue']) {
      writeFileSync(`${folder}/${name}.py`, `print("${name} is run", flush=True)\n`);
    }
    writeFileSync(`${folder}/main.py`, 'import time\nprint("READY", flush=True)\ntime.sleep(600)\n');
    const program = await start(python, [`${folder}/main.py`]);
    const connection = await Connection.open(program.socketOf(program.pid));
    for (const method of ['hello', 'stats', 'spaces']) await connection.ask(method);
    expect((await connection.ask('collect', { level: 'full' })).result.rounds).toBe(1);
    expect(program.output()).toEqual({ stdout: 'READY\n', stderr: '' });
  });

  test('signals that the program waits for reach the program', async () => {
    const code = [
      'import signal, time',
      'print("READY", flush=True); input()',
      'signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})',
      'print("BLOCKED", flush=True)',
      'signal.sigwait({signal.SIGTERM}); print("taken", flush=True)',
    ].join('\n');
    const program = await start(python, ['-c', code]);
    program.process.stdin?.write('\n');
    await until(() => program.output().stdout.includes('BLOCKED'), 'the signal is blocked', program);
    program.process.kill('SIGTERM');
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output().stdout).toBe('READY\nBLOCKED\ntaken\n');
  });

  test.runIf(isAtLeast(python, 8))('subinterpreters come and go without an agent', async () => {
    const code = [
      'import sys',
      'name = "_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters"',
      'module = __import__(name)',
      'sub = module.create()',
      'getattr(module, "exec", getattr(module, "run_string", None))(sub, "pass")',
      'module.destroy(sub)',
      'print("gone")',
    ].join('\n');
    const program = launch(python, ['-c', code]);
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output()).toEqual({ stdout: 'gone\n', stderr: '' });
  });

  test('programs that end while the agent comes up end without a word', async () => {
    const code = 'import sys, time; time.sleep(0.09 + 0.001 * int(sys.argv[1]))';
    for (let first = 0; first < 40; first += 4) {
      const programs = [0, 1, 2, 3].map((more) => launch(python, ['-c', code, String(first + more)]));
      for (const program of programs) {
        expect(await program.ended).toEqual({ code: 0, signal: null });
        expect(program.output()).toEqual({ stdout: '', stderr: '' });
      }
    }
  });
});

function writeScript(code: string): string {
  const path = `${temporaryFolder()}/script.py`;
  writeFileSync(path, `${code}\n`);
  return path;
}
