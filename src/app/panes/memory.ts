// The pane of the machine's memory: all its parts, and what frees each of them.
import { breakdownOf, type PartSize, partSizesOf } from '../../model/breakdown/breakdown.ts';
import { costOf, swapOnZram, zramOf } from '../../model/breakdown/zram.ts';
import type { Snapshot, SystemMemory } from '../../model/snapshot/snapshot.ts';
import { clean } from '../../text/clean.ts';
import { formatPercent, formatSize } from '../../text/format.ts';
import { cellWidth, cut, fitLeft, fitRight } from '../../text/width.ts';
import { wrapped } from '../../text/wrap.ts';
import type { Space } from '../layout/areas.ts';
import type { Paint, PaneKind, PlainPane } from '../state/pane.ts';

declare module '../state/pane.ts' {
  interface PanesByKind {
    readonly memory: PlainPane<'memory'>;
  }
}

const TITLE_WIDTH = 19;
const SIZE_WIDTH = 5;
const PERCENT_WIDTH = 4;
/** Cells before the bar: title, size and percent with the gaps between them. */
const FIGURES = TITLE_WIDTH + SIZE_WIDTH + PERCENT_WIDTH + 3;
/** Fewer columns have no bar. */
const NARROW = 46;
/** Cells of a bar on a terminal of at least this many columns. */
const BARS = [
  { from: 140, cells: 24 },
  { from: 100, cells: 12 },
  { from: NARROW, cells: 10 },
] as const;
/** Smaller tmpfs are not named. */
const LEAST_NAMED = 2 ** 20;
const MOST_NAMED = 3;
const INDENT = '    ';

/** Lines of one note, and of the sentence where nothing is known. */
const NOTE_LINES = 2;
const NOT_KNOWN_LINES = 3;

const NOT_KNOWN = 'This system has no memory breakdown. On Linux it comes from /proc/meminfo.';

export const MEMORY: PaneKind<PlainPane<'memory'>> = {
  place: 'below',
  fraction: 0.7,
  title(_, { view }) {
    const total = view?.snapshot.system.total;
    return total === undefined ? 'Machine memory' : `Machine memory  ${formatSize(total)}`;
  },
  height(_, { view }, space) {
    if (view === undefined) return 0;
    const breakdown = breakdownOf(view.snapshot.system);
    if (breakdown === undefined) return wrapped(NOT_KNOWN, space.width, NOT_KNOWN_LINES).length;
    const notes = (part: PartSize) => noteLines(part, view.snapshot, space, (text) => text).length;
    return partSizesOf(breakdown).reduce((sum, part) => sum + 1 + notes(part), 0);
  },
  draw(_, { view, appearance }, space, paint) {
    if (view === undefined) return [];
    const { snapshot } = view;
    const breakdown = breakdownOf(snapshot.system);
    if (breakdown === undefined) return wrapped(paint.plain(NOT_KNOWN), space.width, NOT_KNOWN_LINES);
    const total = Math.max(1, snapshot.system.total ?? 1);
    return partSizesOf(breakdown).flatMap((part) => [
      partLine(part, { total, ascii: appearance.ascii }, space, paint),
      ...noteLines(part, snapshot, space, paint.plain).map((line) =>
        paint.paint('quiet', cut(INDENT + line, space.width)),
      ),
    ]);
  },
};

/** Additional text of a part, wrapped. */
function noteLines(size: PartSize, snapshot: Snapshot, { width }: Space, plain: Paint['plain']): string[] {
  return notesOf(size, snapshot).flatMap((note) =>
    wrapped(plain(note), Math.max(1, width - INDENT.length), NOTE_LINES),
  );
}

/** `Page cache   745M  3.1 ███      files read or written … ; freed when memory is short; …`, as much as fits. */
function partLine(
  { part, bytes }: PartSize,
  { total, ascii }: { readonly total: number; readonly ascii: boolean },
  { width }: Space,
  paint: Paint,
): string {
  const percent = `${formatPercent((bytes / total) * 100)}`;
  const figures = [
    fitLeft(part.title, TITLE_WIDTH),
    fitRight(formatSize(bytes), SIZE_WIDTH),
    fitRight(percent, PERCENT_WIDTH),
  ].join(' ');
  if (width < NARROW) return cut(`${figures}%`, width);
  const cells = BARS.find(({ from }) => width >= from)?.cells ?? 0;
  const filled = Math.min(cells, Math.max(0, Math.round((bytes / total) * cells)));
  const bar = (bytes > 0 && filled === 0 ? (ascii ? '.' : '▏') : (ascii ? '#' : '█').repeat(filled)).padEnd(cells);
  const role = part.id === 'free' ? 'quiet' : part.isHidden ? 'warn' : 'trend';
  const drawn = `${figures}% ${paint.fill(role, bar)} `;
  return drawn + paint.paint('quiet', explained(part, width - FIGURES - 1 - cells, paint));
}

/** What it is and what frees it, or only one of them, depending on the space. */
function explained({ what, release }: PartSize['part'], width: number, { plain }: Paint): string {
  const texts = [release === '' ? what : `${what}; to free: ${release}`, what];
  const text = texts.map((each) => plain(each)).find((each) => cellWidth(each) <= width);
  return text ?? '';
}

/** Notes on a part: names, or what it must not be confused with. */
function notesOf({ part }: PartSize, { system, tmpfs }: Snapshot): string[] {
  switch (part.id) {
    case 'cache': {
      const mapped = system.use?.mapped;
      return mapped === undefined ? [] : [`${formatSize(mapped)} mapped by processes, shared memory included`];
    }
    case 'shared': {
      const named = (tmpfs ?? []).filter(({ used }) => used >= LEAST_NAMED).slice(0, MOST_NAMED);
      if (named.length === 0) return [];
      return [`tmpfs: ${named.map(({ folder, used }) => `${clean(folder)} ${formatSize(used)}`).join(', ')}`];
    }
    case 'hugePages': {
      const free = system.use?.hugePagesFree;
      return free === undefined ? [] : [`${formatSize(free)} reserved but unused`];
    }
    case 'arc': {
      const inSlab = system.use?.arc?.inSlab ?? 0;
      return inSlab === 0 ? [] : [`another ${formatSize(inSlab)} counted as slab`];
    }
    case 'zramUsed':
      return zramNotes(system);
    case 'zswap': {
      const held = system.use?.zswapped;
      return held === undefined ? [] : [`holds ${formatSize(held)} of swap, compressed`];
    }
    default:
      return [];
  }
}

function zramNotes(system: SystemMemory): string[] {
  const all = zramOf(system);
  if (all === undefined) return [];
  const holds = `holds ${formatSize(all.stored)}, compressed to ${Math.round(costOf({ name: '', ...all }) * 100)}%`;
  if (swapOnZram(system) === 0) return [holds];
  return [`${holds}; swap on zram stays in memory, so its free space counts only what compression saves`];
}
