// The process that memtop runs in: its environment, its streams and the signals that end it.
import { writeAtOnce } from '../terminal/at-once.ts';
import { StreamOutput } from '../terminal/output.ts';
import { sizeOf } from '../terminal/size.ts';
import { isTerminal } from '../terminal/standard-streams.ts';
import type { Context, Launcher } from './context.ts';
import { OwnHeap } from './small-heap.ts';
import { progress, warn } from './stderr.ts';

const STDOUT = 1;

/** This process as the commands see it. */
export function thisProcess({ saveCodeCache, registerFlags }: Launcher): Context {
  const heap = new OwnHeap();
  registerFlags(heap);
  const output = new StreamOutput(
    () => process.stdout,
    (bytes) => writeAtOnce(STDOUT, bytes),
  );
  return {
    environment: process.env,
    platform: process.platform,
    pid: process.pid,
    get inputIsTerminal() {
      return isTerminal(0);
    },
    get outputIsTerminal() {
      return isTerminal(STDOUT);
    },
    terminalWidth: () => (isTerminal(STDOUT) ? sizeOf(process.stdout, process.env).columns : undefined),
    print: (text) => output.print(text),
    progress,
    warn,
    untilSignal: (work) => untilSignal(work, output),
    saveCodeCache,
    heap,
  };
}

/** The signals that end what runs without a screen, and their numbers (signal(7)). */
const ENDING = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Milliseconds in which a second signal is taken for the first: timeout(1) sends its signal to the process and to its group.
 * After that time a signal ends memtop at once, whatever it is doing.
 */
const REPEATED_WITHIN = 1000;

/** SIGHUP is left as it was found: a memtop started under nohup(1) is to ignore it. */
async function untilSignal(work: (signal: AbortSignal) => Promise<number>, output: StreamOutput): Promise<number> {
  const ending = new AbortController();
  let ended: { readonly exitCode: number; readonly at: number } | undefined;
  let endAtOnce: (exitCode: number) => void = () => {};
  const again = new Promise<number>((resolve) => {
    endAtOnce = resolve;
  });
  const listeners = Object.entries(ENDING).map(([signal, number]) => {
    const listener = () => {
      if (ended !== undefined && Date.now() - ended.at > REPEATED_WITHIN) endAtOnce(ended.exitCode);
      ended ??= { exitCode: 128 + number, at: Date.now() };
      ending.abort();
      output.giveUp();
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  try {
    const exitCode = await Promise.race([work(ending.signal), again]);
    return ended?.exitCode ?? exitCode;
  } finally {
    for (const remove of listeners) remove();
  }
}
