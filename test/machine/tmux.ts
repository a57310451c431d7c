// A tmux server of the test's own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../helpers/remove-folder.ts';
import { until } from '../helpers/until.ts';

/** An own socket and no configuration. Close it when the test ends: whatever runs in it ends too. */
export class Tmux {
  readonly folder = mkdtempSync(join(tmpdir(), 'memtop-tmux-'));
  readonly socket = join(this.folder, 'socket');
  readonly environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv = {}) {
    const { PATH } = process.env;
    this.environment = {
      PATH,
      HOME: this.folder,
      LANG: 'C.UTF-8',
      SHELL: '/bin/sh',
      TERM: 'xterm-256color',
      ...environment,
    };
  }

  /** Runs one command of tmux and returns what it prints. */
  run(...words: readonly string[]): string {
    const args = ['-f', '/dev/null', '-S', this.socket, ...words];
    return execFileSync('tmux', args, { encoding: 'utf8', env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** What a pane shows. */
  screen(pane: string): string {
    return this.run('capture-pane', '-p', '-t', pane);
  }

  /** Waits until a pane shows something. */
  async shows(pane: string, expected: RegExp): Promise<string> {
    let screen = '';
    await until(() => {
      screen = this.screen(pane);
      return expected.test(screen);
    }).catch((error: Error) => {
      throw new Error(`${expected} did not come about; the pane showed:\n${screen}`, { cause: error });
    });
    return screen;
  }

  close(): void {
    try {
      this.run('kill-server');
    } catch {
      // Nothing runs in it any more.
    }
    // What ran in it saves its compiled code in this folder before it ends.
    removeFolder(this.folder);
  }
}
