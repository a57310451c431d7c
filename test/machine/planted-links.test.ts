// Root saves with the HOME of another user, who has planted links there: it is refused with an explanation, and nothing is written.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendFile } from '../../src/files/append.ts';
import { createFile, writeFile } from '../../src/files/write.ts';
import type { Terminal } from '../helpers/pty.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { ENVIRONMENT, watchIn } from '../pty/memtop.ts';

/** The user nobody. */
const OTHER = '65534';

let top: string;
let victim: string;
let terminal: Terminal | undefined;

beforeEach(() => {
  if (process.geteuid?.() !== 0) throw new Error('This test plants files as another user: run it as root.');
  top = mkdtempSync(join(tmpdir(), 'memtop-planted-'));
  execFileSync('chmod', ['755', top]);
  victim = join(top, 'roots');
  mkdirSync(victim, { mode: 0o755 });
  writeFileSync(join(victim, 'file'), '# of root\n');
  execFileSync('install', ['-d', '-o', OTHER, '-g', OTHER, join(top, 'home')]);
});
afterEach(() => {
  terminal?.close();
  removeFolder(top);
});

/** Runs a shell as the other user, in its home. */
function asOther(script: string): void {
  const user = ['--reuid', OTHER, '--regid', OTHER, '--clear-groups'];
  execFileSync('setpriv', [...user, 'sh', '-ec', script], { cwd: join(top, 'home'), env: { ...process.env, victim } });
}

function untouched(): void {
  expect(readdirSync(victim)).toEqual(['file']);
  expect(readFileSync(join(victim, 'file'), 'utf8')).toBe('# of root\n');
}

const PLANTED: readonly [string, string][] = [
  ['nothing but the home itself', ':'],
  ['.config that leads to a folder of root', 'ln -s "$victim" .config'],
  ['.config/memtop that leads to a folder of root', 'mkdir .config && ln -s "$victim" .config/memtop'],
  [
    'config.toml that leads to a file of root',
    'mkdir -p .config/memtop && ln -s "$victim/file" .config/memtop/config.toml',
  ],
  [
    'config.toml that leads to no file yet',
    'mkdir -p .config/memtop && ln -s "$victim/new" .config/memtop/config.toml',
  ],
];

describe('S of root, with the home of another user, changes nothing and says what to do', () => {
  it.each(PLANTED)('%s', async (_, script) => {
    asOther(script);
    terminal = await watchIn({ columns: 220, env: { ...ENVIRONMENT, HOME: join(top, 'home'), MEMTOP_CONFIG: '' } });
    terminal.write('PS');
    await terminal.waitFor(/ot saved: It is not safe to write there: .*(?:another user|uid 65534)/);
    untouched();
    expect(execFileSync('find', [join(top, 'home'), '-user', 'root'], { encoding: 'utf8' })).toBe('');
  });

  it('a link in /tmp, where any user may create one', async () => {
    asOther(`ln -s "$victim" "${join(top, 'home', 'shared')}"`);
    const link = `/tmp/memtop-planted-link-${process.pid}`;
    asOther(`ln -s "$victim" ${link}`);
    try {
      terminal = await watchIn({ columns: 220, env: { ...ENVIRONMENT, MEMTOP_CONFIG: `${link}/config.toml` } });
      terminal.write('PS');
      await terminal.waitFor(
        /ot saved: It is not safe to write there: .*is a link that another user made \(uid 65534\)/,
      );
      untouched();
    } finally {
      rmSync(link);
    }
  });
});

describe('every other way of writing', () => {
  it.each(PLANTED)('refuses: %s', (_, script) => {
    asOther(script);
    const path = join(top, 'home/.config/memtop/config.toml');
    expect(() => writeFile(path, 'x', { choice: 'own', mayReplace: () => true })).toThrow(/not safe to write there/);
    expect(() => appendFile(path, 'x\n', 1000)).toThrow(/not safe to write there/);
    for (const write of [
      () => writeFile(path, 'x', { choice: 'named' }),
      () => createFile(path, { choice: 'named' }),
    ]) {
      expect(write).toThrow();
    }
    untouched();
  });

  it('holds the folder that a person named, while its owner swaps it for a link again and again', () => {
    asOther('mkdir out');
    const user = ['--reuid', OTHER, '--regid', OTHER, '--clear-groups'];
    const swap = `cd ${join(top, 'home')}; for i in $(seq 300); do mv out held; ln -s ${victim} out; rm out; mv held out; done`;
    const started = execFileSync('sh', ['-c', `setpriv ${user.join(' ')} sh -c '${swap}' >/dev/null 2>&1 & echo $!`], {
      encoding: 'utf8',
    }).trim();
    let written = 0;
    for (let tries = 0; isRunning(started); tries += 1) {
      try {
        writeFile(join(top, 'home/out', `report-${tries}`), 'x', { choice: 'named' });
        written += 1;
      } catch {
        // Refused: the link was there at that moment.
      }
    }
    expect(written).toBeGreaterThan(0);
    untouched();
  });
});

function isRunning(pid: string): boolean {
  try {
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
