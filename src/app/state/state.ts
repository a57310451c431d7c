// Everything the screen shows, as one immutable value.

import type { Appearance } from '../../model/appearance/appearance.ts';
import { type Arrangement, arrangementFrom } from '../../model/arrangement/layout.ts';
import type { Order } from '../../model/arrangement/select-and-sort.ts';
import type { Column } from '../../model/columns/column.ts';
import { type ColumnId, columnOf } from '../../model/columns/columns.ts';
import type { Obituary } from '../../model/oom/obituaries.ts';
import type { Completion } from '../../model/query/completion.ts';
import type { Complaint } from '../../model/query/expression.ts';
import { EVERYTHING, type Query, readQuery } from '../../model/query/query.ts';
import type { Regexes } from '../../model/query/regexes.ts';
import type { Recorded } from '../../model/recall/recorded.ts';
import { type Sums, sumsOf } from '../../model/rows/members.ts';
import type { Row } from '../../model/rows/row.ts';
import type { Tracker } from '../../model/rows/tracker.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Layout } from '../layout/layout.ts';
import type { Beginning } from './beginning.ts';
import { type Batch, type Collects, NO_COLLECTS } from './collects.ts';
import type { Effect } from './effects.ts';
import { initialLayout } from './initial-layout.ts';
import type { Pane } from './pane.ts';
import type { ReplayState } from './replay.ts';
import { type RowDisplay, USUAL_DISPLAY } from './row-display.ts';
import { ON_TIME, type SampleTiming } from './sample-timing.ts';
import type { Addressee, Signals } from './signals.ts';
import type { Tags } from './tags.ts';

/**
 * One tick as the screen sees it. The histories of its tracker keep growing, except on a paused screen, which has
 * a copy; nothing here writes to them.
 */
export interface View {
  readonly snapshot: Snapshot;
  readonly rows: readonly Row[];
  readonly tracker: Tracker;
  /** OOM kills since memtop started, newest first. */
  readonly obituaries?: readonly Obituary[];
  /** Set where all that is known is in a recording. */
  readonly isReplayed?: true;
}

/** The current meaning of the keys. */
export type Mode =
  | { readonly kind: 'table' }
  | {
      readonly kind: 'filter';
      /** Where the cursor is in the text of the filter, in UTF-16 units. */
      readonly caret: number;
      readonly completion?: Completion;
      /** How many filters back, and the text that was typed before. */
      readonly recall?: { readonly back: number; readonly draft: string };
    }
  | {
      readonly kind: 'search';
      readonly text: string;
      readonly caret: number;
      /** What Esc restores. */
      readonly from: Pick<State, 'cursor' | 'top' | 'anchor'>;
    }
  | { readonly kind: 'interval' | 'time'; readonly text: string; readonly caret: number }
  | { readonly kind: 'help'; readonly top: number }
  | { readonly kind: 'confirm'; readonly question: string; readonly effect: Effect }
  | {
      readonly kind: 'choose';
      readonly what: 'sort' | 'user';
      readonly index: number;
      /** The first entry on the screen; undefined for a list just opened. */
      readonly top?: number | undefined;
    }
  | {
      readonly kind: 'columns';
      /** Every column, in the order of the list. Those that are shown are in `chosenColumns`. */
      readonly list: readonly ColumnId[];
      readonly index: number;
      readonly top: number;
      /** What Esc restores. */
      readonly before: Pick<State, 'chosenColumns' | 'order' | 'isOrderChosen'>;
    }
  | { readonly kind: 'confirm'; readonly question: string; readonly batch: Batch }
  /** `to` and `warnings` as they were when the menu was opened; `index` is the chosen line. */
  | {
      readonly kind: 'signal';
      readonly to: readonly Addressee[];
      readonly warnings: readonly string[];
      readonly typed: string;
      readonly index: number;
    };

export interface State {
  readonly columns: number;
  readonly lines: number;
  /** The layout: derived from the rest of the state at the end of each update. */
  readonly layout: Layout;
  readonly appearance: Appearance;
  readonly chosenColumns: Beginning['columns'];
  readonly interval: number;
  readonly order: Order;
  /** The user chose the order: its column is shown until another is chosen. */
  readonly isOrderChosen: boolean;
  /** The text of the filter as it is typed. */
  readonly filter: string;
  /** The active query: the last valid text. */
  readonly query: Query;
  /** Why the text is not a valid query. */
  readonly complaint: Complaint | undefined;
  /** Filters entered before, the newest last. */
  readonly filterHistory: readonly string[];
  /** The last search text; empty before the first search. */
  readonly search: string;
  /** The digits of a pid pressed so far, and when the last of them was, in milliseconds of the clock of keys. */
  readonly jump: { readonly digits: string; readonly at: number } | undefined;
  /** The engine for regular expressions, loaded when one is typed. */
  readonly regexes: Regexes | undefined;
  /** Whether patterns have not searched every row yet. */
  readonly isSearching: boolean;
  readonly pids: ReadonlySet<number> | undefined;
  readonly user: string | undefined;
  readonly kernel: boolean;
  readonly arrangement: Arrangement;
  /** Keys of the rows that are toggled: folded subtrees and opened groups. */
  readonly toggled: ReadonlySet<string>;
  /** One scale for all trends rather than one a row. */
  readonly isScaleShared: boolean;
  readonly display: RowDisplay;
  /** Show the machine's gauge although a limit is in force. */
  readonly isHostGauge: boolean;
  readonly mode: Mode;
  /** The tick on screen; while paused, newer ones wait in `latest`. */
  readonly view: View | undefined;
  readonly latest: View | undefined;
  readonly isPaused: boolean;
  /** The time of the sample that is shown in place of now, in milliseconds since the epoch; `isPaused` is then true. Its rows follow soon. */
  readonly past: { readonly time: number } | undefined;
  /** What is recorded while memtop runs, or in a file; undefined until the recorder is loaded. */
  readonly recorded: Recorded | undefined;
  readonly replay?: ReplayState | undefined;
  /** The timeline is shown also while the screen shows now. */
  readonly isTimelinePinned: boolean;
  /** The matching rows in order, and the line of the selected one among them. */
  readonly shown: readonly Row[];
  /** What they have together. */
  readonly sums: Sums;
  readonly cursor: number;
  /** What the cursor stays on while rows re-sort. */
  readonly anchor: Anchor;
  /** The first line on screen. */
  readonly top: number;
  readonly notice: string | undefined;
  /** When the notice came, on the clock that never jumps (as in snapshots), in milliseconds. */
  readonly noticedAt: number;
  /** Nothing that acts on a process. */
  readonly isReadonly: boolean;
  readonly collects: Collects;
  /** Processes, as pid@start, in which the user has agreed to a collect: the first one needs a confirmation. */
  readonly approvedCollects: ReadonlySet<string>;
  /** What is open next to, below or instead of the table. */
  readonly pane: Pane | undefined;
  /** Which of the two the arrow keys move. A pane that replaces the table always has them. */
  readonly focus: 'table' | 'pane';
  /** The border between table and pane is being dragged. */
  readonly isBorderHeld: boolean;
  /** The part of columns or lines that the pane was given by moving its border, between 0 and 1. */
  readonly paneFraction: number | undefined;
  readonly tags: Tags;
  readonly signals: Signals;
  /** How punctual the samples are. */
  readonly timing: SampleTiming;
}

/** A state and the effects to perform. */
export interface Update {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** A new state without effects. */
export function only(state: State): Update {
  return { state, effects: [] };
}

/** The state before the first sample; the engine is needed where the filter it begins with has patterns. */
export function initialState(beginning: Beginning, size: { columns: number; rows: number }, regexes?: Regexes): State {
  const reading = readQuery(beginning.filter, regexes);
  return {
    columns: size.columns,
    lines: size.rows,
    layout: initialLayout(beginning, size),
    appearance: appearanceOf(beginning),
    chosenColumns: beginning.columns,
    interval: beginning.interval,
    order: { column: columnOf(beginning.sort.column) as Column, descending: beginning.sort.descending },
    isOrderChosen: beginning.isSortChosen === true,
    filter: beginning.filter,
    query: 'query' in reading ? reading.query : EVERYTHING,
    complaint: 'complaint' in reading ? reading.complaint : undefined,
    filterHistory: beginning.filter === '' ? [] : [beginning.filter],
    search: '',
    jump: undefined,
    regexes,
    isSearching: false,
    pids: beginning.pids,
    user: undefined,
    arrangement: arrangementFrom(beginning),
    toggled: new Set(),
    kernel: beginning.kernel,
    isScaleShared: beginning.scale === 'shared',
    display: USUAL_DISPLAY,
    isHostGauge: false,
    mode: { kind: 'table' },
    view: undefined,
    latest: undefined,
    isPaused: false,
    past: undefined,
    recorded: undefined,
    isTimelinePinned: false,
    shown: [],
    sums: sumsOf([]),
    cursor: 0,
    anchor: 'first-row',
    top: 0,
    notice: undefined,
    noticedAt: 0,
    isReadonly: beginning.readonly,
    collects: NO_COLLECTS,
    approvedCollects: new Set(),
    pane: undefined,
    focus: 'table',
    paneFraction: undefined,
    isBorderHeld: false,
    tags: new Map(),
    timing: ON_TIME,
    signals: { offered: beginning.signals ?? [], awaited: [], stubborn: [] },
  };
}

/** The appearance of the screen: with ASCII, charts are in ASCII too. */
function appearanceOf({ ascii, color, colorDepth, theme, background, graph, thresholds }: Beginning): Appearance {
  return { ascii, color, colorDepth, theme, background, graph: ascii ? 'ascii' : graph, thresholds };
}

/**
 * What the cursor stays on while rows re-sort: the first row until the user moves, then the process it was moved to.
 * `followed` is a process chosen with `F`: it stays visible also when another order is chosen.
 */
export type Anchor = 'first-row' | 'process' | 'followed';
