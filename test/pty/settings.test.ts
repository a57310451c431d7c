import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../helpers/pty.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { startIn, watchIn } from './memtop.ts';

let folder: string;
let path: string;
let terminal: Terminal;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-xdg-'));
  path = join(folder, 'memtop', 'config.toml');
});
afterEach(async () => {
  await terminal.close();
  removeFolder(folder);
});

const env = () => ({ XDG_CONFIG_HOME: folder, MEMTOP_CONFIG: '' });

describe('settings in a real terminal', () => {
  it('S saves how the screen is, and the next start is so again', async () => {
    terminal = await watchIn({ columns: 120, env: env() });
    terminal.write('P=S');
    await terminal.waitFor(/saved to .*: interval, sort, scale/);
    expect(readFileSync(path, 'utf8')).toMatch(/^#.*\ninterval = "200ms"\nsort = "cpu"\nscale = "shared"\n$/);
    terminal.write('S');
    await terminal.waitFor(/nothing to save/);
    terminal.write('q');
    await terminal.exited;
    terminal.close();
    terminal = startIn({ columns: 120, env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...env() } });
    await terminal.waitFor(/CPU%?▼[\s\S]*every 200ms/);
  });

  it('a hand-written file keeps its comments, and one changed meanwhile is saved into only when asked again', async () => {
    mkdirSync(join(folder, 'memtop'));
    writeFileSync(path, '# mine\nsort = "pid" # low first\n');
    terminal = await watchIn({ columns: 120, env: env() });
    await terminal.waitFor(/PID▲/);
    writeFileSync(path, '# mine\nsort = "pid" # low first\n# and more\nmouse = false\n');
    terminal.write('MS');
    await terminal.waitFor(/was changed since memtop read it/);
    terminal.write('S');
    await terminal.waitFor(/saved to/);
    expect(readFileSync(path, 'utf8')).toBe(
      '# mine\nsort = "rss" # low first\n# and more\nmouse = false\ninterval = "200ms"\n',
    );
  });

  it('a mistake in it is reported before there is a screen', async () => {
    mkdirSync(join(folder, 'memtop'));
    writeFileSync(path, '\ntreee = true\n');
    terminal = startIn({ columns: 120, env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...env() } });
    expect(await terminal.exited).toEqual({ code: 2, signal: undefined });
    expect(terminal.screen().join('')).toContain(`:2: Unknown setting 'treee'. Did you mean 'tree'?`);
    expect(terminal.output()).not.toContain('\u001b[?1049h');
  });
});
