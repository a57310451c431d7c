// The names that the condition of a rule may compare: numbers of the machine, columns of processes, and verdicts.
import type { Verdict } from '../collection/verdict.ts';
import { type Column, worded } from '../columns/column.ts';
import { COLUMN_NAMES, type Term, type Vocabulary } from '../query/vocabulary.ts';
import type { Row } from '../rows/row.ts';
import type { Range } from './never.ts';
import { READINGS, readingOf } from './readings.ts';

const VERDICTS: readonly Verdict[] = ['small', 'garbage', 'unreturned', 'retained', 'native', 'mixed'];

/** Texts that have a fixed list of values, by column. */
export const FIXED_TEXTS: Readonly<Record<string, readonly string[]>> = {
  pattern: ['steady', 'growing', 'shrinking', 'sawtooth', 'burst'],
  verdict: VERDICTS,
};

/** What the last collection of each process proved. A process is pid and start time. */
export class Verdicts {
  readonly #known = new Map<number, { readonly startTime: number; readonly verdict: Verdict }>();

  record(pid: number, startTime: number, verdict: Verdict): void {
    this.#known.set(pid, { startTime, verdict });
  }

  of({ process: { who } }: Row): Verdict | undefined {
    const known = this.#known.get(who.pid);
    return known?.startTime === who.startTime ? known.verdict : undefined;
  }

  /** Drops those of exited processes. */
  keepOnly(rows: readonly Row[]): void {
    if (this.#known.size === 0) return;
    const present = new Set(rows.map(({ process }) => process.who.pid));
    for (const pid of this.#known.keys()) if (!present.has(pid)) this.#known.delete(pid);
  }
}

/** Columns, and the verdict of the last collection that a rule made. */
export function processNames(verdicts: Verdicts): Vocabulary<Column> {
  const verdict: Column = {
    ...{ id: 'verdict', title: 'VERDICT', width: 10, priority: 0 },
    meaning: 'what the last collection by a rule showed',
    ...worded(
      (row) => verdicts.of(row) ?? '',
      (row) => verdicts.of(row),
    ),
  };
  return {
    ...COLUMN_NAMES,
    names: [...COLUMN_NAMES.names, verdict.id],
    isStrict: true,
    find: (name) => (name === verdict.id ? verdict : COLUMN_NAMES.find(name)),
  };
}

/** Every name that `when` may have. `eta` is of the machine or of a process. */
export function conditionNames(processes: Vocabulary<Column>): Vocabulary {
  return {
    noun: 'name',
    names: [...READINGS.map(({ id }) => id), ...processes.names],
    hasParts: true,
    isStrict: true,
    find: (name) => readingOf(name) ?? processes.find(name),
  };
}

const PERCENT: Range = { least: 0, most: 100 };

/** The values that a name can have, as far as they are known without reading anything. */
export function rangedTerm(
  processes: Vocabulary<Column>,
): (name: string) => (Term & { readonly range?: Range }) | undefined {
  return (name) => {
    const reading = readingOf(name);
    if (reading === undefined) return processes.find(name);
    return reading.kind === 'percent' ? { ...reading, range: PERCENT } : reading;
  };
}
