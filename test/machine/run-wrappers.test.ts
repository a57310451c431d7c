// Programs that start programs work under memtop run as they do without it, and what they start has an agent.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { nodeOfVersion } from '../helpers/node-versions.ts';
import { npmBinary } from '../helpers/npm-binary.ts';
import { type Ended, ended, start } from '../helpers/program.ts';
import { removeFolder } from '../helpers/remove-folder.ts';

const MEMTOP = join(import.meta.dirname, '../../bin/memtop.js');
/** Prints whether the program that it is in has an agent. */
const LISTENS = `setTimeout(() => {
  const own = process.getBuiltinModule('fs').readFileSync('/proc/net/unix', 'utf8').includes('/' + process.pid + '.sock');
  console.log(own ? 'agent' : 'no agent');
}, 300);
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-wrappers-'));
  mkdirSync(join(folder, 'npm'));
  writeFileSync(join(folder, 'npm/package.json'), '{"scripts":{"start":"npm run --silent app","app":"node app.cjs"}}');
  writeFileSync(join(folder, 'npm/app.cjs'), LISTENS);
  writeFileSync(join(folder, 'app.mjs'), `import 'node:fs';\nawait 0;\n${LISTENS}`);
  writeFileSync(join(folder, 'app.ts'), `enum Two { One = 1 }\nconst one: number = Two.One;\nvoid one;\n${LISTENS}`);
  const test = "require('node:test').test('adds', (t) => t.assert.strictEqual(1 + 1, 2));";
  writeFileSync(join(folder, 'adds.test.cjs'), test.replace('t.assert', "require('node:assert')"));
});
afterAll(() => removeFolder(folder));

function run(words: readonly string[], options: Parameters<typeof start>[1] = {}): Promise<Ended> {
  return ended(start(['run', '--', ...words], options));
}
const agent = { code: 0, stdout: 'agent\n', stderr: '' };

describe.each([20, 26])('under memtop run, Node.js %d', (major) => {
  const node = nodeOfVersion(major);
  const PATH = `${dirname(node)}:${process.env['PATH']}`;
  const env = { ...process.env, PATH, npm_config_update_notifier: 'false' };

  it('runs the scripts of a package, and theirs', async () => {
    expect(await run(['npm', 'start', '--silent'], { cwd: join(folder, 'npm'), env })).toEqual(agent);
  });

  it('runs ES modules, and TypeScript by tsx', async () => {
    expect(await run([node, join(folder, 'app.mjs')])).toEqual(agent);
    const tsx = npmBinary('tsx', 'dist/cli.mjs');
    expect(await run([node, tsx, join(folder, 'app.ts')], { env })).toEqual(agent);
  });

  it('runs node --test, whose tests are processes of their own', async () => {
    const { code, stdout } = await run([node, '--test', join(folder, 'adds.test.cjs')], { env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/(?:# |ℹ )pass 1\n/) });
  });

  it('runs memtop run, and the agent is there once', async () => {
    const nested = [node, MEMTOP, 'run', '--', 'sh', '-c', 'echo "$NODE_OPTIONS"; exec "$0" "$1"', node];
    const { code, stdout } = await run([...nested, join(folder, 'npm/app.cjs')]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^--require \S+agent-loader\.cjs\nagent\n$/),
    });
  });

  it('gives the debugger of NODE_OPTIONS to the program', async () => {
    const port = await freePort();
    const print = "console.log(require('node:inspector').url().slice(0, -36))";
    const child = start(['run', '--', node, '-e', print], { env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` } });
    expect(await ended(child)).toMatchObject({ code: 0, stdout: `ws://127.0.0.1:${port}/\n` });
  });
});

describe('under memtop run, make', () => {
  it('shares its jobs with a make below', async () => {
    writeFileSync(join(folder, 'inner.mk'), 'all: one two\none two:\n\t@echo $@\n');
    const recipe = `+@'${process.execPath}' '${MEMTOP}' run -- $(MAKE) --no-print-directory -f inner.mk`;
    writeFileSync(join(folder, 'outer.mk'), `all:\n\t${recipe}\n`);
    const words = ['make', '--no-print-directory', '-j2', '-f', 'outer.mk'];
    const { code, stdout, stderr } = await run(words, { cwd: folder });
    // Without the descriptors: "warning: jobserver unavailable: using -j1. Add '+' to parent make rule."
    expect({ code, stderr, stdout: stdout.split('\n').sort().join(' ') }).toEqual({
      code: 0,
      stderr: '',
      stdout: ' one two',
    });
  });
});
