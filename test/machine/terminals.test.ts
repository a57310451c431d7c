// memtop inside other terminals: tmux under the names it goes by, and GNU screen. A few keys, and all given back.

import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasProgram } from '../helpers/other-programs.ts';
import { openTerminal } from '../helpers/pty.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { until } from '../helpers/until.ts';
import { LAUNCHER } from '../pty/memtop.ts';
import { Tmux } from './tmux.ts';

const MEMTOP = `${process.execPath} ${LAUNCHER} -d 200ms`;

describe.skipIf(!hasProgram('tmux'))('tmux', () => {
  it.each(['tmux-256color', 'screen', 'screen-256color', 'linux'])(
    'with TERM=%s memtop is itself, and gives all back',
    async (name) => {
      const tmux = new Tmux({ PS1: '$ ' });
      onTestFinished(() => tmux.close());
      tmux.run('new-session', '-d', '-s', 'own', '-x', '100', '-y', '30', '/bin/sh');
      const send = (...keys: string[]) => tmux.run('send-keys', '-t', 'own', ...keys);
      await tmux.shows('own', /^\$/m);
      send(`export TERM=${name}; stty -g > ${tmux.folder}/before; echo before`, 'Enter');
      await tmux.shows('own', /^before$/m);
      send(MEMTOP, 'Enter');
      const first = await tmux.shows('own', /^Mem [\s\S]* PID [\s\S]*q quit/m);
      expect(first.split('\n').every((line) => line.length <= 100)).toBe(true);
      expect(tmux.run('display', '-p', '-t', 'own', '#{alternate_on}').trim()).toBe('1');
      send('N');
      await tmux.shows('own', /PID[▲^]/);
      send('?');
      await tmux.shows('own', /one line up/);
      send('Escape');
      await tmux.shows('own', /PID[▲^]/);
      send('Down', 'Down');
      send('/');
      send('-l', 'memtop');
      await tmux.shows('own', /memtop[▏_]/);
      send('Escape');
      send('F6');
      await tmux.shows('own', /resident memory, shared pages included/);
      send('Escape');
      await until(() => !/resident memory, shared pages included/.test(tmux.screen('own')));
      send('q');
      await until(() => tmux.run('display', '-p', '-t', 'own', '#{alternate_on}').trim() === '0');
      const state = tmux
        .run('display', '-p', '-t', 'own', '#{cursor_flag} #{mouse_any_flag} #{keypad_cursor_flag}')
        .trim();
      expect(state).toBe('1 0 0');
      send(`stty -g | cmp - ${tmux.folder}/before && echo settings are back`, 'Enter');
      await tmux.shows('own', /^(?:\$ )?settings are back$/m);
      expect(tmux.screen('own')).toContain('before');
    },
  );
});

describe.skipIf(!hasProgram('screen'))('GNU screen', () => {
  it('shows memtop, takes its keys, and has its shell back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'memtop-screen-'));
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      LANG: 'C.UTF-8',
      SHELL: '/bin/sh',
      PS1: '$ ',
      SCREENDIR: folder,
    };
    const terminal = openTerminal({
      command: 'screen',
      args: ['-c', '/dev/null', '-U', '-S', 'own', '/bin/sh'],
      columns: 100,
      rows: 30,
      env,
    });
    onTestFinished(async () => {
      try {
        execFileSync('screen', ['-S', 'own', '-X', 'quit'], { env, stdio: 'ignore' });
      } catch {
        // It has ended already.
      }
      await terminal.close();
      removeFolder(folder);
    });
    await terminal.waitFor(/^\$/m, 'the shell');
    terminal.write(`stty -g > ${folder}/before; echo "TERM is $TERM"\r`);
    await terminal.waitFor(/^TERM is screen/m, 'the name that screen gives itself');
    terminal.write(`${MEMTOP}\r`);
    await terminal.waitFor(/^Mem [\s\S]* PID [\s\S]*q quit/m, 'the first frame');
    terminal.write('N');
    await terminal.waitFor(/PID[▲^]/, 'the order by PID');
    terminal.write('?');
    await terminal.waitFor(/one line up/, 'the help');
    terminal.write('\u001b');
    await terminal.waitFor(/PID[▲^]/, 'the table again');
    terminal.write('q');
    await terminal.waitFor(
      (shown) => lastLine(shown.screen()) === '$' && !shown.modes().cursorHidden,
      'the shell again',
    );
    terminal.write(`stty -g | cmp - ${folder}/before && echo settings are back\r`);
    await terminal.waitFor(/^(?:\$ )?settings are back$/m, 'the line settings');
    expect(terminal.modes().cursorHidden).toBe(false);
    expect(terminal.modes().mouseTracking).toBe(false);
  });
});

/** The last line with anything in it: a shell that waits shows its prompt and nothing else there. */
function lastLine(rows: readonly string[]): string | undefined {
  return rows.findLast((row) => row.trim() !== '')?.trim();
}
