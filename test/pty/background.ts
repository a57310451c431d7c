// memtop killed while its terminal still owes it an answer, and what the shell reads afterwards.
import { readFileSync } from 'node:fs';
import { openTerminal, type Terminal, type TerminalOptions } from '../helpers/pty.ts';
import { until } from '../helpers/until.ts';
import { ENVIRONMENT, LAUNCHER } from './memtop.ts';

export type Question = Parameters<NonNullable<TerminalOptions['onQuestion']>>[0];

/** The codes of keys in the status line, in 256 colours: the nearest to #5fd7ff and to #005f87. */
export const DARK_KEY = '38;5;81m';
export const LIGHT_KEY = '38;5;24m';

/** Reads for a second whatever is typed, without an end of line, and shows it in hexadecimal. */
const SCRIPT = `"$0" "$@"
stty -icanon min 0 time 10
echo "left <$(dd bs=1000 count=1 2>/dev/null | od -An -tx1 | tr -d ' \\n')> end"
stty sane; kill -KILL %1 2>/dev/null; read -r _`;

/** Milliseconds that memtop waits for an answer at most, less what a busy machine may take. */
const SURELY_WAITED_FOR = 120;

export interface Ending {
  /** Ends or stops memtop, whose pid is given. */
  readonly end: (terminal: Terminal, pid: number) => void;
  /** Milliseconds after which the terminal answers. */
  readonly answerAfter?: number;
  readonly answer: string | undefined;
}

/**
 * A shell in which memtop has been ended as soon as it had asked. A run in which this machine was too busy to answer in
 * time says nothing, and is done again.
 */
export async function memtopBefore(ending: Ending): Promise<Terminal> {
  for (;;) {
    const { terminal, delay } = await once(ending);
    if (delay === undefined || delay < SURELY_WAITED_FOR) return terminal;
    await terminal.close();
  }
}

async function once({
  end,
  answerAfter = 0,
  answer,
}: Ending): Promise<{ terminal: Terminal; delay: number | undefined }> {
  let requested = 0;
  const args = ['-c', `set -m\n${SCRIPT}`, process.execPath, LAUNCHER, '-d', '200ms'];
  const terminal = openTerminal({
    command: 'bash',
    args,
    env: ENVIRONMENT,
    onQuestion: (question) => {
      if (question === 'attributes') requested += 1;
    },
  });
  await until(() => requested > 0);
  const endedAt = performance.now();
  end(terminal, pidBelow(terminal));
  if (answer === undefined) return { terminal, delay: undefined };
  await new Promise((resolve) => setTimeout(resolve, answerAfter));
  terminal.write(answer);
  return { terminal, delay: performance.now() - endedAt };
}

/** What the shell found to read after memtop, in hexadecimal. */
export async function whatIsLeft(terminal: Terminal): Promise<string> {
  const found = () => /left <(\w*)> end/.exec(terminal.screen().join(''));
  await terminal.waitFor(() => found() !== null, 'the shell after memtop');
  return found()?.[1] ?? '';
}

function pidBelow({ pid }: Terminal): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}
