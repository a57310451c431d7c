// Several commands, each run several times, side by side: medians, and which is lighter.
import { existing } from '../../numbers/existing.ts';
import type { RunResult } from './run.ts';

/** Medians of less than this fraction apart are no difference. */
const ALIKE = 0.03;

/** One command. Sizes are bytes, times milliseconds: medians of its runs; what is not known is absent. */
export interface ComparedCommand {
  readonly line: string;
  readonly runs: number;
  /** Of all its processes together. */
  readonly peak?: number;
  readonly resting?: number;
  readonly elapsed: number;
  /** All pauses of its collections. */
  readonly pause?: number;
  /** What most of the last collections proved. */
  readonly verdict?: string;
  /** The exit code of the first run that failed, else 0. */
  readonly exitCode: number;
}

/** Which command has less of a size, and by which fraction less than the one with the most. */
export interface Lightest {
  /** Counted from 1 in the order in which they were given. */
  readonly number: number;
  readonly size: number;
  readonly heaviest: number;
  readonly less: number;
}

export interface RunComparison {
  readonly commands: readonly ComparedCommand[];
  /** Absent where all are alike, or sizes are not known. */
  readonly byPeak?: Lightest;
  readonly byResting?: Lightest;
}

/** Compares commands by their runs, in the order in which they were given. */
export function compareRuns(
  runs: readonly { readonly line: string; readonly results: readonly RunResult[] }[],
): RunComparison {
  const commands = runs.map(({ line, results }) => comparedOf(line, results));
  const [byPeak, byResting] = [lightest(commands, 'peak'), lightest(commands, 'resting')];
  return { commands, ...(byPeak && { byPeak }), ...(byResting && { byResting }) };
}

function comparedOf(line: string, results: readonly RunResult[]): ComparedCommand {
  const peak = median(results.map(({ tree }) => tree?.peak));
  const resting = median(results.map(({ tree }) => tree?.resting));
  const pause = median(results.map(pauseOf));
  const verdict = mostFrequent(results.flatMap(({ lastCollect }) => lastCollect?.verdict ?? []));
  return {
    line,
    runs: results.length,
    ...(peak !== undefined && { peak }),
    ...(resting !== undefined && { resting }),
    elapsed: median(results.map(({ elapsed }) => elapsed)) ?? 0,
    ...(pause !== undefined && { pause }),
    ...(verdict !== undefined && { verdict }),
    exitCode: results.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0,
  };
}

function pauseOf({ collections }: RunResult): number | undefined {
  if (collections === undefined) return undefined;
  return Object.values(collections).reduce((sum, { ms = 0 }) => sum + ms, 0);
}

/** The middle of the known values, or the mean of the two in the middle. */
function median(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined).sort((one, other) => one - other);
  if (known.length === 0) return undefined;
  const half = known.length / 2;
  return (existing(known[Math.ceil(half) - 1]) + existing(known[Math.floor(half)])) / 2;
}

function mostFrequent(words: readonly string[]): string | undefined {
  const count = (word: string) => words.filter((other) => other === word).length;
  return [...new Set(words)].sort((one, other) => count(other) - count(one))[0];
}

function lightest(commands: readonly ComparedCommand[], size: 'peak' | 'resting'): Lightest | undefined {
  const known = commands.flatMap((command, index) => {
    const bytes = command[size];
    return bytes === undefined ? [] : [{ number: index + 1, bytes }];
  });
  known.sort((one, other) => one.bytes - other.bytes);
  const [least, most] = [known[0], known.at(-1)];
  if (least === undefined || most === undefined || known.length < commands.length) return undefined;
  const less = 1 - least.bytes / most.bytes;
  return less < ALIKE ? undefined : { number: least.number, size: least.bytes, heaviest: most.number, less };
}
