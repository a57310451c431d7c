// What one command line asks for: the settings of a run, and how its answer is wanted.
import type { Settings } from '../settings/settings.ts';

/** Forms of output without a screen. */
export const OUTPUTS = ['table', 'json', 'ndjson', 'csv'] as const;
export type OutputForm = (typeof OUTPUTS)[number];

export interface Request {
  readonly settings: Settings;
  /** Asked for by `-o`; undefined leaves the choice to where the output goes. */
  readonly output: OutputForm | undefined;
  /** Snapshots asked for by `-n` or `--once`. */
  readonly count: number | undefined;
  /** Milliseconds to sample before the one snapshot that is printed, asked for by `--for`. */
  readonly span: number | undefined;
  /** True when `-d` was given. */
  readonly paced: boolean;
  /** The command that may have been meant, where the filter is a single bare word and near to its name. */
  readonly nearCommand: string | undefined;
}
