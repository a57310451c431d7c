// The grammar for completions, made from the tables: commands, flags, columns, samplers, levels.
import { LEVELS } from '../../agent/protocol/protocol.ts';
import { ALWAYS, FLAGS, type Flag, type FlagName, namesOf, placeholderOf, type Takes } from '../../cli/flags.ts';
import { COLUMNS } from '../../model/columns/columns.ts';
import { samplers } from '../../sampling/samplers.ts';

/** A command as its table has it. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagName[];
  readonly takes?: Takes;
  readonly passThrough?: true;
}

/** A word to choose, and what it means where that is worth a line. */
export interface CompletionChoice {
  readonly word: string;
  readonly meaning?: string;
}

/** What completes a word: a choice among known ones, or what only the machine can tell at that moment. */
export type Words =
  | { readonly kind: 'choices'; readonly choices: readonly CompletionChoice[]; readonly form: 'one' | 'list' | 'order' }
  | { readonly kind: 'pids' | 'names' | 'agents' | 'programs' | 'folder' | 'file' | 'anything' };

export interface CompletedFlag {
  /** The ways to write it, such as `-d` and `--interval`. */
  readonly names: readonly string[];
  readonly meaning: string;
  /** What stands for its value and completes it; undefined for a flag without one. */
  readonly value?: { readonly placeholder: string; readonly words: Words };
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  /** Undefined where it takes no words. */
  readonly words: Words | undefined;
  readonly passThrough: boolean;
}

/** All there is to complete. */
export interface ShellGrammar {
  /** The first of them is what memtop does unless a command is named. */
  readonly commands: readonly CompletedCommand[];
  /** Every flag there is, once. */
  readonly flags: readonly CompletedFlag[];
}

/** The grammar of a table of commands whose first one is the default. */
export function grammarOf(commands: readonly CommandEntry[]): ShellGrammar {
  const always = Object.values<Flag>(ALWAYS).map(completedFlag);
  return {
    commands: commands.map(({ name, summary, flags, takes, passThrough }) => ({
      name,
      summary,
      flags: [...flags.map((flag) => completedFlag(FLAGS[flag])), ...always],
      words: takes === undefined ? undefined : wordsOf(takes),
      passThrough: passThrough === true,
    })),
    flags: [...Object.values<Flag>(FLAGS).map(completedFlag), ...always],
  };
}

function completedFlag(flag: Flag): CompletedFlag {
  const placeholder = placeholderOf(flag);
  const names = namesOf(flag);
  if (placeholder === undefined) return { names, meaning: flag.meaning };
  return {
    names,
    meaning: flag.meaning,
    value: { placeholder, words: wordsOf(flag.takes ?? byPlaceholder(placeholder)) },
  };
}

/** A placeholder with one of these names needs no further explanation. */
function byPlaceholder(placeholder: string): Takes | undefined {
  return placeholder === 'folder' || placeholder === 'file' ? placeholder : undefined;
}

function wordsOf(takes: Takes | undefined): Words {
  const among = (choices: readonly CompletionChoice[], form: 'one' | 'list' | 'order' = 'one'): Words => ({
    kind: 'choices',
    choices,
    form,
  });
  switch (takes) {
    case undefined:
      return { kind: 'anything' };
    case 'column':
    case 'columns': {
      const columns = COLUMNS.map(({ id, meaning }) => ({ word: id, meaning }));
      return among(columns, takes === 'column' ? 'order' : 'list');
    }
    case 'samplers':
      return among(samplers.map(({ name, describe }) => ({ word: name, meaning: describe })));
    case 'levels':
      return among(LEVELS.map((word) => ({ word })));
    default:
      return typeof takes === 'string' ? { kind: takes } : among(takes.map((word) => ({ word })));
  }
}
