// The request of a command line: the settings of a run, and the form of its output.
import type { Settings } from '../settings/settings.ts';

/** Forms of output without a screen. */
export const OUTPUTS = ['table', 'json', 'ndjson', 'csv'] as const;
export type OutputForm = (typeof OUTPUTS)[number];

/** Forms of a whole recording for other programs, requested by `--to`. */
export const EXPORTS = ['perfetto', 'openmetrics'] as const;
export type ExportForm = (typeof EXPORTS)[number];

export interface Request {
  readonly settings: Settings;
  /** Requested by `-o`; if undefined, it depends on where the output goes. */
  readonly output: OutputForm | undefined;
  /** Snapshots requested by `-n` or `--once`. */
  readonly count: number | undefined;
  /** Milliseconds to sample before the one snapshot that is printed, requested by `--for`. */
  readonly span: number | undefined;
  /** True when `-d` was given. */
  readonly paced: boolean;
  /** The command that may have been meant, where the filter is a single bare word and near to its name. */
  readonly nearCommand: string | undefined;
}
