// What docs/tmux.md promises, in a real tmux.

import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasProgram } from '../helpers/other-programs.ts';
import { openTerminal } from '../helpers/pty.ts';
import { until } from '../helpers/until.ts';
import { LAUNCHER } from '../pty/memtop.ts';
import { Tmux } from './tmux.ts';

const page = readFileSync(new URL('../../docs/tmux.md', import.meta.url), 'utf8');

/** A tmux in whose PATH memtop is, and tmux itself uses the test's own socket. */
function ownTmux(): Tmux {
  const tmux = new Tmux();
  onTestFinished(() => tmux.close());
  const bin = join(tmux.folder, 'bin');
  mkdirSync(bin);
  const real = join('/', ...tmuxPath().split('/'));
  program(join(bin, 'memtop'), `exec ${process.execPath} ${LAUNCHER} "$@"`);
  program(join(bin, 'tmux'), `exec ${real} -f /dev/null -S ${tmux.socket} "$@"`);
  tmux.environment['PATH'] = `${bin}:${process.env['PATH']}`;
  return tmux;
}

function tmuxPath(): string {
  const folder = (process.env['PATH'] ?? '').split(':').find((each) => hasFile(join(each, 'tmux')));
  return join(folder ?? '/usr/bin', 'tmux');
}

function hasFile(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

function program(path: string, line: string): void {
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}

describe.skipIf(!hasProgram('tmux'))('in tmux', () => {
  it('the status line of the page shows memory, and goes on', async () => {
    const tmux = ownTmux();
    const settings = /```|^ {4}(set -g [\s\S]*?)\n\n/m.exec(page)?.[1]?.replace(/^ +/gm, '');
    expect(settings).toContain('status-right');
    const file = join(tmux.folder, 'tmux.conf');
    writeFileSync(file, `${settings}\n`);
    tmux.run('new-session', '-d', '-s', 'status', '-x', '120', '-y', '10', 'sleep', '600');
    tmux.run('source-file', file);
    // tmux draws a status line only for an attached client.
    const terminal = openTerminal({
      command: 'tmux',
      args: ['-S', tmux.socket, 'attach', '-t', 'status'],
      columns: 120,
      rows: 10,
      env: tmux.environment,
    });
    onTestFinished(() => terminal.close());
    await terminal.waitFor(/mem \S+\/\S+ used [▁-█]+ \S+ \S+/, 'the status line with its chart');
    expect(terminal.screen().at(-1)).not.toContain('#[');
  });

  it('the dashboard of the page has three panes that watch, whatever the filter holds', async () => {
    const tmux = ownTmux();
    const script = /dashboard:begin -->\n```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const path = join(tmux.folder, 'memtop-dashboard');
    writeFileSync(path, script);
    chmodSync(path, 0o755);
    const terminal = openTerminal({
      command: path,
      args: ["$(touch planted)'"],
      columns: 160,
      rows: 50,
      env: tmux.environment,
      cwd: tmux.folder,
    });
    onTestFinished(() => terminal.close());
    await until(() => panes(tmux).length === 3);
    const [top, grows, line] = panes(tmux) as [string, string, string];
    await tmux.shows(top, /^Mem [\s\S]*PID[\s\S]*RSS/m);
    await tmux.shows(grows, /Δ\/MIN▼/);
    await tmux.shows(line, /^mem \S+\/\S+ /m);
    expect(hasFile(join(tmux.folder, 'planted'))).toBe(false);
    const again = spawn(path, [], { env: { ...tmux.environment }, stdio: 'ignore' });
    await new Promise((resolve) => again.once('exit', resolve));
    expect(panes(tmux)).toHaveLength(3);
    tmux.run('kill-session', '-t', 'memtop');
    await terminal.exited;
  });
});

function panes(tmux: Tmux): string[] {
  try {
    return tmux.run('list-panes', '-s', '-t', 'memtop', '-F', '#{pane_id}').trim().split('\n');
  } catch {
    return [];
  }
}
