// What a pane is: a part of the screen next to, below or instead of the table. The table of panes is in panes/panes.ts.

import type { Appearance } from '../../model/appearance/appearance.ts';
import type { Obituary } from '../../model/oom/obituaries.ts';
import type { Row } from '../../model/rows/row.ts';
import type { Tracker } from '../../model/rows/tracker.ts';
import type { Details } from '../../model/snapshot/details.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Space } from '../layout/areas.ts';
import type { CollectOutcome, Collects, Target } from './collects.ts';

/** The `top` of a pane that shows its end: it is limited to the lines there are when the pane is drawn. */
export const PANE_END = Number.MAX_SAFE_INTEGER;

/** Common to all open panes. */
interface AnyPane {
  /** The first of its lines on the screen, which is the scroll position. It is clamped when drawn. */
  readonly top: number;
  /** The pane that was open before, and comes back when this one closes. */
  readonly behind: Pane | undefined;
}

/** What the last collect proved. */
export interface ResultPane extends AnyPane {
  readonly kind: 'result';
  readonly target: Target;
  readonly outcome: CollectOutcome;
}

/** What holds the memory of a process. */
export interface LinesPane extends AnyPane {
  readonly kind: 'lines';
  readonly target: Target;
  /** Undefined while it is watched. */
  readonly outcome: CollectOutcome | undefined;
}

/** Everything about one process. It follows the selection. */
export interface DetailPane extends AnyPane {
  readonly kind: 'detail';
  /** Its newest row; the last one once it has exited. */
  readonly row: Row;
  /** Clocks of the newest snapshot it was in. */
  readonly seen: Pick<Snapshot, 'time' | 'monotonic' | 'uptime'>;
  /** The details that are read only for it, once they are known. */
  readonly details: Details | undefined;
  /** Milliseconds that the chart covers; undefined for the whole history, up to ten minutes. */
  readonly span: number | undefined;
}

/** A pane made of what the whole state knows: nothing is kept of it but where it is scrolled to. */
export interface PlainPane<Kind extends string> extends AnyPane {
  readonly kind: Kind;
}

/**
 * The panes by kind. One more is a file in panes/ and an entry in the table of panes: the file adds its kind to this
 * interface (`declare module`), as those of the plain panes do; the table is not complete without it.
 */
export interface PanesByKind {
  readonly result: ResultPane;
  readonly lines: LinesPane;
  readonly detail: DetailPane;
}

export type Pane = PanesByKind[keyof PanesByKind];

/** Whether the details of a process are open, also behind another pane. */
export function hasDetail(pane: Pane | undefined): boolean {
  return pane !== undefined && (pane.kind === 'detail' || hasDetail(pane.behind));
}

/** The part of the state that panes may use. */
export interface PaneSource {
  readonly appearance: Pick<Appearance, 'ascii' | 'graph'>;
  readonly collects: Collects;
  readonly view:
    | {
        readonly snapshot: Snapshot;
        readonly rows: readonly Row[];
        readonly tracker: Tracker;
        readonly obituaries?: readonly Obituary[];
        readonly isReplayed?: true;
      }
    | undefined;
  /** Processes to be drawn together with the selected one, by PID. */
  readonly tags?: ReadonlyMap<number, Target>;
}

/** The styles that a pane may use; the theme of the screen knows them all. */
export type PaneRole = 'title' | 'quiet' | 'key' | 'good' | 'warn' | 'bad' | 'trend' | 'mark';

/** How the screen styles texts. Colour adds no cells. */
export interface Paint {
  paint(role: PaneRole, text: string): string;
  /** Charts, where `paint` might reverse them. */
  fill(role: PaneRole, text: string): string;
  /** One of memtop's own texts in the characters that this terminal can show. */
  plain(text: string): string;
}

/** What a kind of pane requests, and how its lines are drawn. */
export interface PaneKind<P extends Pane> {
  /** Its preferred position on a wide terminal; on others it is below the table, or replaces it. */
  readonly place: 'side' | 'below';
  /** The largest fraction of the lines it takes below the table until the border is moved. */
  readonly fraction: number;
  /** The preferred number of lines below the table, title included; absent for as many as it has. */
  readonly lines?: number;
  /** One line, cleaned; cut to the width. */
  title(pane: P, source: PaneSource): string;
  /** How many lines `draw` would make, counted without drawing them. */
  height(pane: P, source: PaneSource, space: Space): number;
  /** Its lines, none wider than the pane. There may be more than fit: the pane scrolls then. */
  draw(pane: P, source: PaneSource, space: Space, paint: Paint): string[];
}
