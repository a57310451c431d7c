// The table of columns. One entry is a column on the screen, a sort key, a name in filters, a field of JSON and CSV.
// The table of columns. One entry is a column on the screen, a sort key, a name in filters, a field of JSON and CSV.

import { cgroupName } from './cgroup-name.ts';
import { clean } from './clean.ts';
import { type Column, type Moment, numeric, size, whole, worded } from './column.ts';
import { ageOf, commandText, heapText, pidText, subtreeText, trendText } from './column-cells.ts';
import { formatAge, formatGrowth, formatPercent } from './format.ts';
import { forecastOf } from './limits.ts';
import { share } from './share-cells.ts';
import type { Row } from './tracker.ts';

export const COLUMNS = [
  {
    id: 'pid',
    title: 'PID',
    kind: 'number',
    meaning: 'process id; of a group x and how many it has',
    width: 7,
    priority: 80,
    ...numeric(({ group, process }) => group?.members.length ?? process.who.pid, String),
    text: pidText,
    ascendingFirst: true,
  },
  {
    id: 'ppid',
    title: 'PPID',
    kind: 'number',
    meaning: 'process id of the parent',
    width: 7,
    priority: 20,
    ...numeric(({ group, process }) => (group === undefined ? process.who.ppid : undefined), String),
    ascendingFirst: true,
  },
  {
    id: 'user',
    title: 'USER',
    meaning: 'effective user',
    width: 8,
    priority: 40,
    ...worded(
      (row) => row.label.user,
      (row) => row.process.who.user ?? '',
    ),
  },
  {
    id: 'state',
    title: 'S',
    meaning: 'state: R running, S sleeping, D waiting for a device, T stopped, Z zombie, I idle',
    width: 1,
    priority: 30,
    ...worded(
      (row) => row.process.state,
      (row) => row.process.state,
    ),
  },
  {
    id: 'name',
    title: 'NAME',
    meaning: 'name the kernel knows it by',
    width: 15,
    priority: 45,
    ...worded(
      (row) => row.label.name,
      (row) => row.process.who.name,
    ),
  },
  {
    id: 'rss',
    title: 'RSS',
    meaning: 'resident set size: physical memory it has now, shared pages included',
    width: 5,
    priority: 100,
    adds: true,
    ...size((process) => process.rss),
  },
  {
    id: 'pss',
    title: 'PSS',
    meaning: 'proportional set size: pages it shares with others counted in parts; the sum is true',
    width: 6,
    priority: 37,
    adds: true,
    ...share(({ pss }) => pss),
  },
  {
    id: 'uss',
    title: 'USS',
    meaning: 'unique set size: what it would give back if it ended now',
    width: 6,
    priority: 36,
    adds: true,
    ...share(({ uss }) => uss),
  },
  {
    id: 'shared',
    title: 'SHARED',
    meaning: 'the part of RSS that other processes have too, such as libraries',
    width: 6,
    priority: 27,
    adds: true,
    ...share(({ shared }) => shared),
  },
  {
    id: 'growth',
    title: 'Δ/MIN',
    kind: 'bytes-a-second',
    meaning: 'growth of RSS a minute, over the longest of 1, 5 and 15 minutes that a line fits',
    width: 6,
    priority: 70,
    adds: true,
    ...numeric(
      (row, moment) => row.rss.growth(moment.timeline),
      (value, style) => formatGrowth(value, style.still),
    ),
  },
  {
    id: 'shape',
    title: 'SHAPE',
    kind: 'text',
    meaning: 'how RSS goes: steady, growing, shrinking, sawtooth, burst; blank: not clear',
    width: 9,
    priority: 23,
    align: 'left',
    ascendingFirst: true,
    value: (row: Row, moment: Moment) => row.rss.judgement?.(moment.timeline)?.shape,
    text: (row: Row, moment: Moment) => row.rss.judgement?.(moment.timeline)?.shape ?? '',
  },
  {
    id: 'trend',
    title: 'TREND',
    kind: 'bytes',
    meaning: 'RSS over time, newest at the right',
    width: 15,
    priority: 75,
    adds: true,
    align: 'left',
    value: (row: Row) => row.process.rss,
    text: trendText,
  },
  {
    id: 'peak',
    title: 'PEAK',
    meaning: 'highest RSS it ever had',
    width: 5,
    priority: 35,
    measure: 'peak',
    ...size((process) => process.peak),
  },
  {
    id: 'cpu',
    title: 'CPU%',
    kind: 'percent',
    meaning: 'CPU time it took since the sample before, in percent of one CPU',
    width: 4,
    priority: 50,
    adds: true,
    ...numeric((row) => row.cpuPercent, formatPercent),
  },
  {
    id: 'heap',
    title: 'HEAP',
    kind: 'bytes',
    meaning: 'heap in use and its share of the limit, of processes with an agent; busy: it does not answer',
    width: 9,
    priority: 38,
    agents: 'heap',
    adds: true,
    align: 'right',
    value: (row: Row) => row.process.heap?.used,
    text: heapText,
  },
  {
    id: 'eta',
    title: 'ETA',
    kind: 'milliseconds',
    meaning: 'time until it runs into the nearest limit known, of its heap or its cgroup',
    width: 4,
    priority: 26,
    agents: 'heap',
    measure: 'cgroup',
    ascendingFirst: true,
    ...numeric((row, moment) => forecastOf(row, moment.timeline)?.middle, formatAge),
  },
  {
    id: 'gc',
    title: 'GC',
    kind: 'number',
    meaning: 'collections a minute and share of time spent on them, of processes with an agent',
    width: 9,
    priority: 24,
    agents: 'gc',
    align: 'right',
    value: (row: Row) => row.gc?.perMinute,
    text: ({ gc }: Row) => (gc === undefined ? '' : `${formatPercent(gc.perMinute)} ${formatPercent(gc.share * 100)}%`),
  },
  {
    id: 'cgroup',
    title: 'CGROUP',
    meaning: 'container, pod, session or unit that it belongs to: its cgroup in words; the path in JSON and CSV',
    width: 22,
    priority: 33,
    measure: 'cgroup',
    ...worded(
      ({ process: { cgroup } }) => (cgroup === undefined ? '' : clean(cgroupName(cgroup).title)),
      ({ process: { cgroup } }) => cgroup ?? '',
    ),
    value: ({ process: { cgroup } }: Row) => cgroup,
  },
  {
    id: 'subtree',
    title: 'SUBTREE',
    kind: 'bytes',
    meaning: 'in the tree: how many processes a process and all below it are, and the sum of their RSS',
    width: 11,
    priority: 48,
    adds: true,
    align: 'right',
    value: (row: Row) => row.tree?.total.rss,
    text: subtreeText,
  },
  {
    id: 'age',
    title: 'AGE',
    kind: 'milliseconds',
    meaning: 'time since it began',
    width: 4,
    priority: 32,
    ...numeric((row, moment) => ageOf(row.process, moment), formatAge),
  },
  {
    id: 'threads',
    title: 'THR',
    meaning: 'number of threads',
    width: 4,
    priority: 25,
    adds: true,
    ...whole((process) => process.threads),
  },
  {
    id: 'virtual',
    title: 'VIRT',
    meaning: 'virtual memory size: address space, not memory',
    width: 5,
    priority: 22,
    adds: true,
    ...size((process) => process.virtual),
  },
  {
    id: 'swap',
    title: 'SWAP',
    meaning: 'memory swapped out',
    width: 5,
    priority: 28,
    measure: 'swap',
    adds: true,
    ...size((process) => process.swap),
  },
  {
    id: 'command',
    title: 'COMMAND',
    meaning: 'command line',
    width: 10,
    priority: 90,
    ...worded(
      (row) => row.label.command,
      (row) => row.process.who.command,
    ),
    text: commandText,
  },
] as const satisfies readonly Column[];

export type ColumnId = (typeof COLUMNS)[number]['id'];

/** What the table shows unless told otherwise, and what it adds where the terminal is wide. */
export const DEFAULT_COLUMNS: readonly ColumnId[] = [
  'pid',
  'user',
  'rss',
  'growth',
  'trend',
  'peak',
  'cpu',
  'heap',
  'age',
  'command',
];
export const WIDE_COLUMNS: readonly ColumnId[] = [
  'pid',
  'user',
  'rss',
  'growth',
  'shape',
  'trend',
  'peak',
  'swap',
  'cpu',
  'threads',
  'heap',
  'gc',
  'age',
  'command',
];

/** The column's title, in ASCII where the terminal shows nothing else. */
export function titleOf(column: Column, ascii: boolean): string {
  return ascii ? column.title.replace('Δ', 'D') : column.title;
}

/** The column with this id, or undefined when there is none. */
export function columnOf(id: string): Column | undefined {
  return COLUMNS.find((column) => column.id === id);
}
