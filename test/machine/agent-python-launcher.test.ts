// python -m memtop_agent: the program runs as if python had started it, and has an agent.
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { Connection } from '../agent/python/connection.ts';
import { allInterpreters } from '../agent/python/interpreters.ts';
import { AGENT_FOLDER, fixture, launch, start, temporaryFolder } from '../agent/python/python-program.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

const SCRIPT = `import sys, __main__
print(sys.argv, sys.path[0], __name__, __file__, __package__, __spec__ and __spec__.name, type(__loader__).__name__)
print(__main__.__dict__ is globals(), sorted(name for name in globals() if name.startswith('__')))
def fail(): raise ValueError('no')
if 'fail' in sys.argv: fail()
if 'exit' in sys.argv: sys.exit(7)
if 'interrupt' in sys.argv: raise KeyboardInterrupt
if 'hook' in sys.argv:
    sys.excepthook = lambda kind, value, trace: print('hook', kind.__name__, trace.tb_frame.f_code.co_name)
    fail()
`;

describe.each(allInterpreters())('Python $version', (python) => {
  test.each([
    ['a script', ['script.py', 'a', '-m', 'b']],
    ['a script in a folder', ['package/__main__.py']],
    ['a module', ['-m', 'script', 'a']],
    ['a package', ['-m', 'package', 'a']],
    ['a folder', ['package', 'a']],
    ['code', ['-c', 'import sys; print(sys.argv, repr(sys.path[0]), __name__)', 'a']],
    ['a script that fails', ['script.py', 'fail']],
    ['a module that fails', ['-m', 'script', 'fail']],
    ['a script that exits', ['script.py', 'exit']],
    ['a script that is interrupted', ['script.py', 'interrupt']],
    ['a script with a hook for exceptions', ['script.py', 'hook']],
    ['a script that is not Python', ['broken.py']],
    ['a script that is not there', ['missing.py']],
    ['a module that is not there', ['-m', 'missing']],
  ])('%s runs as it would without', async (_, args) => {
    const directory = folderOfScripts();
    const [alone, within] = [[], ['-m', 'memtop_agent']].map((before) =>
      launch(python, [...before, ...args], { directory, environment: { PYTHONPATH: AGENT_FOLDER } }),
    );
    expect(await within?.ended).toEqual(await alone?.ended);
    expect(within?.output().stdout).toBe(alone?.output().stdout);
    expect(within?.output().stderr).toBe(withoutRunpy(alone?.output().stderr ?? ''));
  });

  test('the program has an agent', async () => {
    const environment = { PYTHONPATH: AGENT_FOLDER };
    const program = await start(python, ['-m', 'memtop_agent', fixture('cycles.py'), '20000'], { environment });
    const connection = await Connection.open(program.socketOf(program.pid));
    expect((await connection.ask('hello')).result.title).toBe(`${fixture('cycles.py')} 20000`);
    expect((await connection.ask('collect')).result.unreachable).toBeGreaterThan(19_000);
  });

  test('a program can ask for its own numbers and collect by itself', async () => {
    const code = 'import memtop_agent as agent; print(agent.stats()["rss"] > 0, agent.collect("full")["rounds"])';
    const program = launch(python, ['-c', code], { environment: { PYTHONPATH: AGENT_FOLDER } });
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output()).toEqual({ stdout: 'True 1\n', stderr: '' });
  });

  test('without a program it says how it is used', async () => {
    const program = launch(python, ['-m', 'memtop_agent'], { environment: { PYTHONPATH: AGENT_FOLDER } });
    expect(await program.ended).toEqual({ code: 2, signal: null });
    expect(program.output().stderr).toMatch(/^usage: python -m memtop_agent/);
  });
});

function folderOfScripts(): string {
  const folder = temporaryFolder();
  mkdirSync(`${folder}/package`);
  writeFileSync(`${folder}/script.py`, SCRIPT);
  writeFileSync(`${folder}/package/__init__.py`, '');
  writeFileSync(`${folder}/package/__main__.py`, SCRIPT);
  writeFileSync(`${folder}/broken.py`, 'def (:\n');
  return folder;
}

/** The frames by which python itself runs a module, which need not be shown. */
function withoutRunpy(text: string): string {
  return text.replace(/^ {2}File ".*runpy.*\n(?: {4}.*\n)*/gm, '');
}
