// However memtop ends or is interrupted, the terminal is as it was, with one sentence and the right exit code.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Programs } from '../helpers/programs.ts';
import { openTerminal, type Terminal } from '../helpers/pty.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { until } from '../helpers/until.ts';
import { endedIn, leftBy, memtopInShell, pidBelow, randomPair } from './endings.ts';
import { ENVIRONMENT, LAUNCHER, watchIn, watchInShell } from './memtop.ts';

const folder = mkdtempSync(join(tmpdir(), 'memtop-test-'));
const programs = new Programs();
let terminal: Terminal | undefined;
afterEach(() => programs.end());
afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
  removeFolder(folder);
});

const root = resolve(import.meta.dirname, '../..');

describe('endings', () => {
  it('20 random pairs of ending signals leave the terminal as it was', async () => {
    for (let done = 0; done < 20; done += 5) {
      const wrong = await Promise.all(Array.from({ length: 5 }, () => leftBy(randomPair())));
      expect(wrong.filter((one) => one !== undefined)).toEqual([]);
    }
  });

  it('a storm of all ending signals leaves the terminal as it was', async () => {
    terminal = await memtopInShell();
    const pid = pidBelow(terminal);
    const storm = ['SIGTERM', 'SIGHUP', 'SIGALRM', 'SIGINT', 'SIGUSR2', 'SIGQUIT', 'SIGXCPU', 'SIGTERM'] as const;
    for (const signal of storm) process.kill(pid, signal);
    expect(await endedIn(terminal)).toBeGreaterThan(128);
  });

  it('a terminal that goes away ends it as a hangup does: no stack, no core', async () => {
    const log = join(folder, 'log');
    mkdtempSync(join(tmpdir(), 'memtop-test-'));
    cpSync(join(root, 'package.json'), log);
    const script = `trap '' HUP; '${process.execPath}' '${LAUNCHER}' -d 200ms 2>'${log}'; echo "code $?" >>'${log}'`;
    terminal = openTerminal({ command: 'sh', args: ['-c', script], env: ENVIRONMENT });
    await terminal.waitFor(/COMMAND/);
    terminal.hangUp();
    await until(() => /code \d+/.test(readFileSync(log, 'utf8')));
    expect(readFileSync(log, 'utf8')).toBe('code 129\n');
  });
});

describe('interruptions', () => {
  it('after SIGSTOP and fg the keys and the alternate screen are there again', async () => {
    terminal = await watchInShell((t) => t.modes().alternateBuffer && /COMMAND/.test(t.screen().join('\n')));
    process.kill(pidBelow(terminal), 'SIGSTOP');
    await terminal.waitFor(/Stopped/);
    terminal.write('fg\r');
    const written = terminal.output().length;
    await terminal.waitFor((t) => t.output().slice(written).includes('\u001b[?1049h'), 'the alternate screen again');
    terminal.write('?');
    await terminal.waitFor(/any other key to close this help/, 'the help that ? opens');
    terminal.write('\u001b');
    await terminal.waitFor(/COMMAND/);
    terminal.write('q');
    await terminal.waitFor((t) => !t.modes().alternateBuffer, 'the shell again');
  });

  it('a resize before the first frame is not lost', async () => {
    for (const wait of [0, 30, 60, 90, 120]) {
      terminal = openTerminal({ command: process.execPath, args: [LAUNCHER, '-d', '200ms'], env: ENVIRONMENT });
      await new Promise((done) => setTimeout(done, wait));
      terminal.resize(100, 30);
      await terminal.waitFor((t) => /memtop \d/.test(t.screen()[29] ?? ''), `a status line on line 30, ${wait} ms`);
      terminal.close();
    }
  });

  it('what else is written to the terminal becomes a notice, and the screen is whole', async () => {
    const preload = join(root, 'test/fixtures/programs/warn-on-signal.cjs');
    terminal = await watchIn({ env: { NODE_OPTIONS: `--require "${preload}"`, XDG_STATE_HOME: folder } });
    const written = terminal.output().length;
    terminal.kill('SIGUSR2');
    await terminal.waitFor(/of the test/, 'a notice');
    await terminal.waitFor((t) => t.output().slice(written).includes('\u001b[2J'), 'a whole frame');
    await terminal.waitFor((t) => /of the test|memtop \d/.test(t.screen().at(-1) ?? ''), 'the last line of it');
    expect(terminal.output()).not.toContain('written across the screen\n');
    expect(terminal.screen().join('\n')).toMatch(/^Mem/m);
    terminal.write('q');
    expect(await terminal.exited).toEqual({ code: 0, signal: undefined });
  });
});

describe('a terminal that does not know its size', () => {
  const inNone = (words: string) => {
    const script = `stty cols 0 rows 0; COLUMNS=60 LINES=12 '${process.execPath}' '${LAUNCHER}' ${words}`;
    return openTerminal({ command: 'sh', args: ['-c', script], env: ENVIRONMENT });
  };

  it('is printed to with the width of COLUMNS', async () => {
    terminal = inNone('--once');
    await terminal.exited;
    const lines = terminal.output().split(/\r?\n/);
    expect(Math.max(...lines.map((line) => line.length))).toBeGreaterThan(50);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('is drawn on with the lines of LINES', async () => {
    terminal = inNone('');
    await terminal.waitFor(/COMMAND/);
    expect(terminal.screen()[11]).toMatch(/help|memtop \d/);
    expect(terminal.screen()[12]).toBe('');
  });
});

describe('an installation that is gone while memtop runs', () => {
  it.each([
    ['O', 'O', /upgraded or removed/],
    ['S', 'S', /Settings not saved: memtop was upgraded or removed while it runs/],
    ['the first pattern', '//node/', /Pattern not applied: memtop was upgraded or removed/],
    ['a signal', 'K\r', /upgraded or removed/],
    ['attaching', 'ay', /Not attached|no such file|upgraded or removed/],
  ])('%s gives a notice, and memtop goes on', async (_, keys, notice) => {
    const target = await programs.start('plain.cjs');
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(root, part), join(folder, part), { recursive: true });
    terminal = openTerminal({
      command: process.execPath,
      args: [join(folder, 'bin/memtop.js'), '-d', '200ms', '-p', String(target.pid)],
      env: { ...ENVIRONMENT, MEMTOP_CONFIG: join(folder, 'config.toml'), XDG_CACHE_HOME: folder },
      columns: 160,
    });
    await terminal.waitFor(/COMMAND/);
    rmSync(join(folder, 'dist'), { recursive: true });
    terminal.write(keys);
    await terminal.waitFor(notice);
    terminal.write('\u001b\u001bq');
    expect(await terminal.exited).toEqual({ code: 0, signal: undefined });
  });
});
