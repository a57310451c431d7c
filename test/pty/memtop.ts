// memtop in a real terminal, as the tests of this folder start it.
import { fileURLToPath } from 'node:url';
import { HOME } from '../helpers/home.ts';
import { openTerminal, type Terminal, type TerminalOptions } from '../helpers/pty.ts';

export const LAUNCHER = fileURLToPath(new URL('../../bin/memtop.js', import.meta.url));

/** An environment in which nothing of the one that runs the tests decides how a screen looks. */
export const ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
  PATH: process.env['PATH'],
  HOME,
  LANG: 'C.UTF-8',
  MEMTOP_CONFIG: '/dev/null',
};

/** Starts memtop with a quick interval and waits for its first frame. */
export async function watchIn(
  given: Partial<TerminalOptions> & { readonly words?: readonly string[] } = {},
): Promise<Terminal> {
  const { words = [], env, ...rest } = given;
  const terminal = startIn({ ...rest, words: ['-d', '200ms', ...words], env: { ...ENVIRONMENT, ...env } });
  await terminal.waitFor(/Mem/, 'the first frame');
  return terminal;
}

/** Starts memtop and waits for nothing. */
export function startIn(given: Partial<TerminalOptions> & { readonly words?: readonly string[] }): Terminal {
  const { words = [], env = ENVIRONMENT, ...rest } = given;
  return openTerminal({ command: process.execPath, args: [LAUNCHER, ...words], env, ...rest });
}

/** Starts an interactive shell with job control, and memtop as its job, and waits until memtop `isThere`. */
export async function watchInShell(isThere: (terminal: Terminal) => boolean): Promise<Terminal> {
  const terminal = openTerminal({
    command: 'bash',
    args: ['--norc', '--noprofile', '-i'],
    // With COLORFGBG nothing is asked: an answer that arrives while memtop is stopped would be typed into the shell.
    env: { ...ENVIRONMENT, COLORFGBG: '15;0', PS1: 'ready> ', HISTFILE: '/dev/null' },
  });
  await terminal.waitFor(/ready>/);
  terminal.write(`'${process.execPath}' '${LAUNCHER}' -d 200ms\r`);
  await terminal.waitFor(isThere, 'memtop');
  return terminal;
}
