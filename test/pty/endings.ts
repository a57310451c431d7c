// Pairs of ending signals at random distances, and what they leave of a terminal.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openTerminal, type Terminal, untouched } from '../helpers/pty.ts';
import { ENVIRONMENT, LAUNCHER } from './memtop.ts';

/** The signals that end memtop, and their numbers. */
const ENDING = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 } as const;
type EndingSignal = keyof typeof ENDING;

/** Milliseconds between the two at most. */
const FARTHEST = 50;
/**
 * Says what the line settings are before and after, and the exit code: 128 and the number where a signal ended it. Stays
 * then, so that its last words are read.
 */
const SCRIPT = 'echo "before $(stty -g)"; "$0" "$@"; code=$?; echo; echo "code $code after $(stty -g) end"; read -r _';

export interface Pair {
  readonly first: EndingSignal;
  readonly second: EndingSignal;
  readonly apart: number;
}

export function randomPair(): Pair {
  const names = Object.keys(ENDING) as EndingSignal[];
  const any = () => names[Math.floor(Math.random() * names.length)] as EndingSignal;
  // As many within the first milliseconds, where the terminal is being given back, as in all the others.
  const apart = Math.random() < 0.5 ? Math.random() * 5 : Math.random() * FARTHEST;
  return { first: any(), second: any(), apart };
}

/** Starts memtop below a shell in a terminal of its own, and waits for its first frame. */
export async function memtopInShell(words: readonly string[] = [], env = {}): Promise<Terminal> {
  const args = ['-c', SCRIPT, process.execPath, LAUNCHER, '-d', '200ms', ...words];
  const terminal = openTerminal({ command: 'sh', args, env: { ...ENVIRONMENT, ...env } });
  await terminal.waitFor((t) => t.modes().alternateBuffer && /COMMAND/.test(t.screen().join('\n')), 'the first frame');
  return terminal;
}

/** The memtop that a shell waits for. */
export function pidBelow({ pid }: Terminal): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
}

/** The exit code that the shell reports; throws where the terminal is not as it was. */
export async function endedIn(terminal: Terminal): Promise<number> {
  // What has been written is on the virtual screen a little later.
  await terminal.waitFor((t) => / end$/m.test(t.screen().join('\n')), 'the shell after memtop');
  const output = terminal.output();
  const [, before] = /before (\S+)/.exec(output) ?? [];
  const [, code, after] = /code (\d+) after (\S+)/.exec(output) ?? [];
  if (before === undefined || before !== after) throw new Error(`line settings ${before} became ${after}`);
  const modes = JSON.stringify(terminal.modes());
  if (modes !== JSON.stringify(untouched)) throw new Error(`left with ${modes}`);
  return Number(code);
}

/** Sends both to a memtop of its own; what is wrong afterwards, or undefined. */
export async function leftBy({ first, second, apart }: Pair): Promise<string | undefined> {
  const how = `${first}, then ${second} after ${apart.toFixed(1)} ms`;
  const terminal = await memtopInShell();
  try {
    const pid = pidBelow(terminal);
    process.kill(pid, first);
    await pause(apart);
    killIfThere(pid, second);
    const code = await endedIn(terminal);
    // Two that are pending at the same moment come in the order of their numbers (signal(7)).
    const isRight = code === 128 + ENDING[first] || code === 128 + ENDING[second];
    return isRight ? undefined : `${how}: exit code ${code}`;
  } catch (error) {
    return `${how}: ${(error as Error).message}`;
  } finally {
    terminal.close();
  }
}

function killIfThere(pid: number, signal: EndingSignal): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
