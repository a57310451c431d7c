// Counts how often `memtop collect --lines` named the right holder of programs whose holder is known.
import type { KnownHolder } from '../../test/fixtures/leaks/known-holders.ts';
import type { Answer } from './known-run.ts';
import { percent, table } from './matrix.ts';
import type { Runtime } from './runtimes.ts';

/** The document of `memtop collect --lines --json`. */
export interface HolderAnswer extends Answer {
  readonly containers?: readonly { readonly name: string }[];
  readonly lines?: readonly { readonly function: string }[];
  readonly clear?: { readonly container: boolean; readonly line: boolean };
}

/** Which parts of an answer are right. */
export interface Named {
  /** The first container is the one that holds the leak; where no container does, none is called the cause. */
  readonly isContainerRight: boolean;
  readonly isFunctionRight: boolean;
  /** A container or a function that does not hold the leak was called the cause. */
  readonly isMisled: boolean;
}

/** One program on one runtime; `named` is absent until there is an answer. */
export interface Watched {
  readonly runtime: Runtime;
  readonly program: KnownHolder;
  named?: Named;
}

/** Compares an answer with the known holder. */
export function judgeHolder({ container, allocates }: KnownHolder, answer: HolderAnswer): Named {
  const clear = answer.clear ?? { container: false, line: false };
  const [first] = answer.containers ?? [];
  const isAnswered = answer.containers !== undefined;
  const isContainerRight =
    isAnswered && (container === undefined ? !clear.container : first?.name.endsWith(container) === true);
  const isFunctionRight = answer.lines?.[0]?.function.split('.').at(-1) === allocates;
  const isMisled = (clear.container && !isContainerRight) || (clear.line && !isFunctionRight);
  return { isContainerRight, isFunctionRight, isMisled };
}

/** A line for each runtime. */
export function holderRuntimeTable(watched: readonly Watched[]): string {
  const rows = [...new Set(watched.map(({ runtime }) => runtime))].map((runtime) => {
    const own = watched.filter((one) => one.runtime === runtime);
    const of = (isRight: (named: Named) => boolean) => own.filter(({ named }) => named && isRight(named)).length;
    const counted = (part: number) => `${part} of ${own.length} (${percent(part, own.length)})`;
    return [
      runtime.name,
      counted(of(({ isContainerRight }) => isContainerRight)),
      counted(of(({ isFunctionRight }) => isFunctionRight)),
      String(of(({ isMisled }) => isMisled)),
    ];
  });
  return table(['runtime', 'container right', 'function right', 'a wrong one called the cause'], rows);
}

/** A line for each program: the known holder, and what was right on each runtime. */
export function holderTable(watched: readonly Watched[]): string {
  const runtimes = [...new Set(watched.map(({ runtime }) => runtime))];
  const rows = [...new Set(watched.map(({ program }) => program))].map((program) => [
    `\`${program.file}\``,
    program.container === undefined ? 'none' : `\`${program.container}\``,
    `\`${program.allocates}\``,
    program.why,
    ...runtimes.map((runtime) => right(watched.find((one) => one.program === program && one.runtime === runtime))),
  ]);
  return table(['program', 'container', 'function', 'what it is', ...runtimes.map(({ name }) => name)], rows);
}

function right(watched: Watched | undefined): string {
  if (watched?.named === undefined) return '';
  const { isContainerRight, isFunctionRight, isMisled } = watched.named;
  if (isContainerRight && isFunctionRight) return 'both';
  const part = isContainerRight ? 'container' : isFunctionRight ? 'function' : 'neither';
  return isMisled ? `**${part}, misled**` : `**${part}**`;
}
