// The verdicts pane: the results of collecting in all tagged processes, one line each, and their sum.

import type { Collection } from '../../model/collection/collection.ts';
import type { MemoryReading } from '../../model/collection/verdict.ts';
import { heldBytes } from '../../model/snapshot/heap.ts';
import { clean } from '../../text/clean.ts';
import { formatAge, formatPause, formatSize } from '../../text/format.ts';
import { cellWidth, cut, fitLeft, fitRight } from '../../text/width.ts';
import { type Batch, type CollectOutcome, isSame, type Target } from '../state/collects.ts';
import type { Paint, PaneKind, PaneSource, PlainPane } from '../state/pane.ts';

declare module '../state/pane.ts' {
  interface PanesByKind {
    readonly verdicts: PlainPane<'verdicts'>;
  }
}

export const VERDICTS: PaneKind<PlainPane<'verdicts'>> = {
  place: 'below',
  fraction: 1,
  // The titles of its columns, the sum.
  height: (_, { collects: { batch } }) => (batch === undefined ? 0 : 2 + entriesOf(batch).length),
  title: (_, { collects: { batch } }) => (batch === undefined ? '' : titleOf(batch)),
  draw(_, source, { width }, paint) {
    const { batch } = source.collects;
    if (batch === undefined) return [];
    const shape = shapeOf(width, source.appearance.ascii);
    const entries = entriesOf(batch).map((entry) => entryLine(entry, { batch, source }, shape, paint));
    return [paint.paint('title', titles(shape)), ...entries, sumLine(batch, shape, paint)];
  },
};

/** The columns that fit: PID, name and verdict always, then RSS, the heap, the pause. */
interface Shape {
  readonly width: number;
  readonly ascii: boolean;
  readonly pid: number;
  readonly name: number;
  readonly hasRss: boolean;
  readonly hasHeap: boolean;
  readonly hasPause: boolean;
}

const PID = 8;
const VERDICT = 10;
const CHANGE = 13;
const PAUSE = 8;

function shapeOf(width: number, ascii: boolean): Shape {
  const [hasRss, hasHeap, hasPause] = [width >= 36, width >= 66, width >= 76];
  const pid = width >= 50 ? PID : 0;
  // Each column has a blank behind it; the name one before it too, where it is not the first.
  const rest = pid + VERDICT + (hasRss ? CHANGE + 1 : 0) + (hasHeap ? CHANGE + 1 : 0) + (hasPause ? PAUSE + 1 : 0);
  return {
    width,
    ascii,
    pid,
    name: Math.max(4, Math.min(24, width - rest - (pid > 0 ? 3 : 1))),
    hasRss,
    hasHeap,
    hasPause,
  };
}

interface Entry {
  readonly target: Target;
  readonly outcome: CollectOutcome | undefined;
}

function entriesOf({ done, waiting, left, unable }: Batch): Entry[] {
  const open = [...waiting, ...left].map((target) => ({ target, outcome: undefined }));
  return [...done, ...open, ...unable];
}

function titleOf({ done, waiting, left, isStopping }: Batch): string {
  const all = done.length + waiting.length + left.length;
  const far = `collect all tagged  ${done.length} of ${all} done`;
  if (waiting.length === 0) return isStopping ? `${far}, stopped` : far;
  return isStopping ? `${far}, stops after this one` : `${far}  Esc stops after this one`;
}

function titles(shape: Shape): string {
  return row(shape, ['PID', 'NAME', 'VERDICT', 'HEAP', 'RSS', 'PAUSE']);
}

function entryLine(
  { target, outcome }: Entry,
  { batch, source }: { readonly batch: Batch; readonly source: PaneSource },
  shape: Shape,
  paint: Paint,
): string {
  const who = [String(target.pid), target.name] as const;
  if (outcome === undefined) {
    const line = row(shape, [...who, openText(target, batch, source)]);
    return batch.waiting[0] === target ? line : paint.paint('quiet', line);
  }
  if (!('collection' in outcome)) {
    const start = row(shape, [...who]).trimEnd();
    const left = shape.pid > 0 ? shape.pid + shape.name + 3 : shape.name + 1;
    const textWidth = Math.max(1, shape.width - left);
    const sentence = paint.plain(clean('trouble' in outcome ? outcome.trouble : 'attached'));
    const text =
      cellWidth(sentence) <= textWidth ? sentence : `${cut(sentence, textWidth - 1)}${shape.ascii ? '~' : '…'}`;
    return fitLeft(start, left) + paint.paint('quiet', text);
  }
  const { collection } = outcome;
  const { verdict, before, after, pauseMs } = collection;
  return row(shape, [
    ...who,
    verdict,
    heapChange([collection], shape),
    change(before.rss, after.rss, shape),
    formatPause(pauseMs),
  ]);
}

function openText(target: Target, { waiting, left }: Batch, { collects, view }: PaneSource): string {
  if (left.includes(target)) return 'left out';
  if (waiting[0] !== target) return 'waits';
  const running = collects.running.find((one) => isSame(one.target, target));
  const time = view?.snapshot.time;
  return running === undefined || time === undefined ? 'now' : `now ${formatAge(Math.max(0, time - running.since))}`;
}

/** The sum of all collects. */
function sumLine({ done }: Batch, shape: Shape, paint: Paint): string {
  const collections = done.flatMap(({ outcome }) => ('collection' in outcome ? [outcome.collection] : []));
  if (collections.length === 0) return '';
  const sum = (of: (collection: Collection) => number) => collections.reduce((total, one) => total + of(one), 0);
  const rss = change(
    sum(({ before }) => before.rss),
    sum(({ after }) => after.rss),
    shape,
  );
  const pause = formatPause(sum(({ pauseMs }) => pauseMs));
  const count = `${collections.length} in sum`;
  return paint.paint('title', row(shape, ['', count, '', heapChange(collections, shape), rss, pause]));
}

/** Heap and external memory, where the runtime reports them. */
function heapChange(collections: readonly Collection[], shape: Shape): string {
  const measured = collections.filter(
    ({ before, after }) => before.heapUsed !== undefined && after.heapUsed !== undefined,
  );
  if (measured.length === 0) return '';
  const sum = (of: (collection: Collection) => MemoryReading) =>
    measured.reduce(
      (total, one) => total + (heldBytes({ used: of(one).heapUsed ?? 0, external: of(one).external ?? 0 }) ?? 0),
      0,
    );
  return change(
    sum(({ before }) => before),
    sum(({ after }) => after),
    shape,
  );
}

function change(before: number, after: number, { ascii }: Shape): string {
  return `${fitRight(formatSize(before), 5)} ${ascii ? '>' : '→'} ${fitRight(formatSize(after), 5)}`;
}

/** Cells in the columns there are; those that are missing at the end stay blank. */
function row(shape: Shape, [pid = '', name = '', verdict = '', heap = '', rss = '', pause = '']: string[]): string {
  const cells = [
    shape.pid > 0 ? fitRight(pid, shape.pid) : undefined,
    ` ${fitLeft(cellWidth(name) > shape.name ? cut(name, shape.name - 1) + (shape.ascii ? '~' : '…') : name, shape.name)}`,
    fitLeft(verdict, VERDICT),
    shape.hasHeap ? fitRight(heap, CHANGE) : undefined,
    shape.hasRss ? fitRight(rss, CHANGE) : undefined,
    shape.hasPause ? fitRight(pause, PAUSE) : undefined,
  ];
  const line = cells.filter((cell) => cell !== undefined).join(' ');
  return cut(shape.pid > 0 ? line : line.slice(1), shape.width).trimEnd();
}
