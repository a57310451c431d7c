// `memtop run` cannot keep a program from starting: every runtime called node, other users, other roots, and an installation
// that goes away while programs run.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME } from '../helpers/home.ts';
import { nodeOfVersion } from '../helpers/node-versions.ts';
import { npmBinary } from '../helpers/npm-binary.ts';
import { ended, memtop, start } from '../helpers/program.ts';
import { removeFolder } from '../helpers/remove-folder.ts';

const OTHER = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
const HELLO = "console.log('hello')";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-anywhere-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'hello.js'), HELLO);
});
afterAll(() => removeFolder(folder));

const run = (...words: string[]) => memtop('run', '--', ...words);
const hello = { code: 0, stdout: 'hello\n', stderr: '' };
/** Prints what a program's agent would listen on: nothing where none is loaded. */
const LISTENS = `setTimeout(() => {
  const own = require('fs').readFileSync('/proc/net/unix', 'utf8').match(new RegExp('/' + process.pid + '\\\\.sock', 'g'));
  console.log(own === null ? 'no agent' : 'agent');
}, 300)`;

describe('a program called node starts under memtop run', () => {
  it.each([10, 12, 14])('Node %i, which no agent can be loaded into, directly and below a shell', async (version) => {
    const node = nodeOfVersion(version);
    expect(await run(node, join(folder, 'hello.js'))).toEqual(hello);
    expect(await run('sh', '-c', `"${node}" -e "${HELLO}"`)).toEqual(hello);
    expect(await run(node, '-e', LISTENS)).toMatchObject({ code: 0, stdout: 'no agent\n' });
  });

  it.each([16, 18, 22, 24, 26])('Node %i, with an agent, also as another user', async (version) => {
    const node = nodeOfVersion(version);
    expect(await run(node, '-e', LISTENS)).toEqual({ code: 0, stdout: 'agent\n', stderr: '' });
    expect(await run(...OTHER, node, '-e', LISTENS)).toEqual({ code: 0, stdout: 'agent\n', stderr: '' });
  });

  it.each(['20', '22', '24', '26'])('Node %s with its permission model', async (version) => {
    const node = version === '20' ? process.execPath : nodeOfVersion(Number(version));
    const flag = Number(version) < 22 ? '--experimental-permission' : '--permission';
    const closed = await run(node, '--no-warnings', flag, `--allow-fs-read=${folder}/*`, join(folder, 'hello.js'));
    expect(closed).toMatchObject({ code: 0, stdout: 'hello\n' });
    expect(closed.stderr).toMatch(/blocks the agent/);
    const all = ['--allow-fs-read=*', '--allow-fs-write=*', ...(version === '26' ? ['--allow-net'] : [])];
    const open = await run(node, '--no-warnings', flag, ...all, '-e', LISTENS);
    expect(open).toMatchObject({ code: 0, stdout: 'agent\n' });
  });

  it('Bun and Deno', async () => {
    for (const [runtime, words] of [
      [npmBinary('@oven/bun-linux-x64', 'bin/bun'), []],
      [npmBinary('@deno/linux-x64-glibc', 'deno'), ['run', '--allow-all']],
    ] as const) {
      const bin = mkdtempSync(join(folder, 'bin-'));
      symlinkSync(runtime, join(bin, 'node'));
      expect(await run(join(bin, 'node'), ...words, join(folder, 'hello.js'))).toEqual(hello);
    }
  });
});

describe('a program starts under memtop run', () => {
  it('in another root folder, with a note that it has no agent', async () => {
    const root = join(folder, 'root');
    for (const library of librariesOf(process.execPath)) {
      mkdirSync(join(root, dirname(library)), { recursive: true });
      cpSync(library, join(root, library), { dereference: true });
    }
    cpSync(process.execPath, join(root, 'node'), { dereference: true });
    for (const words of [
      ['chroot', root, '/node', '-e', HELLO],
      ['sh', '-c', `chroot ${root} /node -e "${HELLO}"`],
    ]) {
      const { code, stdout, stderr } = await run(...words);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'hello\n' });
      expect(stderr).toMatch(/^memtop: chroot hides the agent's file/);
    }
  });

  it('after the installation has gone', async () => {
    const installed = join(folder, 'installed');
    mkdirSync(installed);
    for (const part of ['bin', 'dist', 'package.json']) cpSync(part, join(installed, part), { recursive: true });
    const script = `rm -rf ${installed}; "$NODE" -e "${HELLO}"; "$NODE" -e "$LISTENS"; python3 -c 'print("hello")'`;
    const { PATH } = process.env;
    const env = { PATH, HOME, NODE: process.execPath, LISTENS };
    const child = start(['run', '--', 'sh', '-c', script], { env, launcher: join(installed, 'bin/memtop.js') });
    expect(await ended(child)).toEqual({ code: 0, stdout: 'hello\nagent\nhello\n', stderr: '' });
  });

  it('as another user, from an installation that only root can read', async () => {
    const installed = join(folder, 'closed');
    mkdirSync(installed);
    for (const part of ['bin', 'dist', 'package.json']) cpSync(part, join(installed, part), { recursive: true });
    chmodSync(installed, 0o700);
    const words = ['run', '--', ...OTHER, process.execPath, '-e', LISTENS];
    const child = start(words, { launcher: join(installed, 'bin/memtop.js') });
    expect(await ended(child)).toEqual({ code: 0, stdout: 'agent\n', stderr: '' });
  });

  it('with the options of its own, each once', async () => {
    writeFileSync(join(folder, 'own.cjs'), "if (!process.argv[1]?.endsWith('memtop.js')) console.log('own')");
    const env = { ...process.env, NODE_OPTIONS: `--require ${join(folder, 'own.cjs')} --max-old-space-size=333` };
    const print = "console.log(require('v8').getHeapStatistics().heap_size_limit >> 20 < 500)";
    expect(await ended(start(['run', '--', process.execPath, '-e', print], { env }))).toMatchObject({
      code: 0,
      stdout: 'own\ntrue\n',
    });
  });

  it('python3 with switches that keep the agent out, which memtop says', async () => {
    for (const flag of ['-I', '-S', '-E']) {
      const { code, stdout, stderr } = await run('python3', flag, '-c', 'print("hello")');
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'hello\n' });
      expect(stderr).toMatch(new RegExp(`^memtop: python3 ${flag} blocks the agent`));
    }
  });
});

it('a signal right after the start is the program’s, whenever it comes', async () => {
  for (let delay = 60; delay < 260; delay += 10) {
    const marker = join(folder, `marker-${delay}`);
    const script = `trap 'echo term; exit 5' TERM; : > ${marker}; while :; do sleep 0.05; done`;
    const child = start(['run', '--', 'sh', '-c', script]);
    setTimeout(() => child.kill('SIGTERM'), delay);
    const { code, signal, stdout } = await ended(child);
    // Before memtop could start the program it ends alone, by the signal; afterwards the program decides, or has no trap yet.
    if (stdout === '') expect([signal, code]).toSatisfy(([how, number]) => how === 'SIGTERM' || number === 143);
    else expect({ code, stdout }).toEqual({ code: 5, stdout: 'term\n' });
    expect(running(marker)).toBe(false);
  }
});

/** Whether a process is there that has a text in its arguments. */
function running(text: string): boolean {
  const found = execFileSync('sh', ['-c', 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" "\\n" || true'], {
    encoding: 'utf8',
  });
  return found.includes(`: > ${text};`);
}

function librariesOf(program: string): string[] {
  const found = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+/g);
  return [...(found ?? [])];
}
