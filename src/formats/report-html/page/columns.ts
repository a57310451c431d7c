// The columns of the table of processes.
import { formatGrowth, formatSize } from '../../../text/format.ts';
import type { ReportedProcess } from '../report-data.ts';
import { formatWithin } from './times.ts';

export interface ReportColumn {
  readonly id: string;
  readonly title: string;
  /** What it is, in one sentence. */
  readonly meaning: string;
  readonly isNumber?: true;
  /** Left out where no process has it. */
  readonly isOptional?: true;
  /** Sorted from high to low at first. */
  readonly isLargestFirst?: true;
  readonly text: (process: ReportedProcess, span: { readonly from: number; readonly to: number }) => string;
  /** Undefined where not known: such rows come last in any order. */
  readonly value: (process: ReportedProcess) => number | string | undefined;
}

const number = { isNumber: true, isLargestFirst: true } as const;

export const REPORT_COLUMNS: readonly ReportColumn[] = [
  {
    ...{ id: 'pid', title: 'PID', meaning: 'process ID', isNumber: true },
    text: ({ pid }) => String(pid),
    value: ({ pid }) => pid,
  },
  {
    ...{ id: 'name', title: 'Name', meaning: 'process name' },
    text: ({ name }) => name,
    value: ({ name }) => name.toLowerCase(),
  },
  {
    ...{ id: 'peak', title: 'Peak', meaning: 'highest resident memory (RSS)', ...number },
    text: ({ peak }) => formatSize(peak),
    value: ({ peak }) => peak,
  },
  {
    ...{ id: 'last', title: 'Last', meaning: 'resident memory in the last sample', ...number },
    text: ({ last, hasEnded }) => (hasEnded ? 'ended' : formatSize(last)),
    value: ({ last, hasEnded }) => (hasEnded ? undefined : last),
  },
  {
    ...{
      id: 'growth',
      title: 'Growth/min',
      meaning: 'growth per minute at its end, or at that of the recording',
      ...number,
    },
    text: ({ growth }) => (growth === undefined ? '' : formatGrowth(growth)),
    value: ({ growth }) => growth,
  },
  {
    ...{ id: 'pattern', title: 'Pattern', meaning: 'growth pattern at its end, or at that of the recording' },
    text: ({ pattern = '' }) => pattern,
    value: ({ pattern }) => pattern,
  },
  {
    ...{ id: 'peakAt', title: 'Peak at', meaning: 'when the peak was', isNumber: true },
    text: ({ peakAt }, span) => formatWithin(peakAt, span),
    value: ({ peakAt }) => peakAt,
  },
  {
    ...{ id: 'collections', title: 'Collections', meaning: 'garbage collections; known with an agent' },
    ...number,
    isOptional: true,
    text: ({ collections }) => (collections === undefined ? '' : String(collections[0])),
    value: ({ collections }) => collections?.[0],
  },
  {
    ...{ id: 'user', title: 'User', meaning: 'effective user', isOptional: true },
    text: ({ user = '' }) => user,
    value: ({ user }) => user,
  },
];
