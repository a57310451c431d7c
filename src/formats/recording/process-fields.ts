// The fields of a process in a recording. Those that `-o json` has too have the same names.
import type { Column } from '../../model/columns/column.ts';
import { COLUMNS } from '../../model/columns/columns.ts';
import type { GcTotals, Heap } from '../../model/snapshot/heap.ts';
import { isOwnNumber, type OwnNumbers } from '../../model/snapshot/measure.ts';
import type { SmapsSums } from '../../model/snapshot/smaps.ts';
import type { Identity, Process } from '../../model/snapshot/snapshot.ts';
import { boolean, type Fields, finite, moment, named, object, required, tableOf, text, word, yes } from './shapes.ts';

/** Who a process is. */
export const IDENTITY = tableOf<Identity>({
  pid: required(finite),
  ppid: required(finite),
  startedAt: moment,
  name: required(text),
  command: required(text),
  user: text,
  startTime: required(finite),
  startedAfter: finite,
  kernel: required(boolean),
});

/** Its PSS and USS, and when and at what cost they were read. */
const smaps = object<SmapsSums>({
  pss: required(finite),
  uss: required(finite),
  shared: required(finite),
  rss: required(finite),
  readAt: required(moment),
  cost: required(finite),
});

const gc = object<GcTotals>({ count: required(finite), time: required(finite) });

const heap = object<Heap>({
  runtime: required(word('node', 'python')),
  used: finite,
  total: finite,
  limit: finite,
  external: finite,
  blocks: finite,
  gc,
  busySince: moment,
});

/** The numbers that have files of their own: a sampler reads one where its column is wanted, so each has a column. */
function ownNumbers(columns: readonly Column[]): Fields<OwnNumbers> {
  const names = columns
    .map(({ measure }) => measure)
    .filter((measure) => measure !== undefined && isOwnNumber(measure));
  return Object.fromEntries(names.map((name) => [name, finite])) as Fields<OwnNumbers>;
}

/** Its measures. `cpuPercent` and `growth` are derived from them when a recording is read. */
export const MEASURES = tableOf<Omit<Process, 'who'>>({
  state: required(text),
  rss: required(finite),
  virtual: finite,
  cpuTime: finite,
  threads: finite,
  peak: finite,
  swap: finite,
  cgroup: text,
  ...ownNumbers(COLUMNS),
  nice: finite,
  majorFaults: finite,
  sinceLastRead: finite,
  isRssUnknown: named('rssUnknown', yes),
  smaps,
  smapsGap: word('gone', 'denied', 'unsupported', 'malformed', 'late', 'too-many-files', 'failed'),
  late: yes,
  heap,
});
