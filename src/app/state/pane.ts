// What a pane is: a part of the screen next to, below or instead of the table. The table of panes is in panes/panes.ts.

import type { Appearance } from '../../model/appearance/appearance.ts';
import type { Obituary } from '../../model/oom/obituaries.ts';
import type { Row } from '../../model/rows/row.ts';
import type { Tracker } from '../../model/rows/tracker.ts';
import type { Details } from '../../model/snapshot/details.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Room } from '../layout/areas.ts';
import type { CollectOutcome, Collects, Target } from './collects.ts';

/** The `top` of a pane that shows its end: it is limited to the lines there are when the pane is drawn. */
export const PANE_END = Number.MAX_SAFE_INTEGER;

/** What is true of every open pane. */
interface AnyPane {
  /** The first of its lines on the screen: it is scrolled so far. Drawn, it never leaves the lines there are. */
  readonly top: number;
  /** What stood there when it was opened, and comes back when it closes. */
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
  /** The newest row there is of it; the last one there was when it has ended. */
  readonly row: Row;
  /** Clocks of the newest snapshot it was in. */
  readonly seen: Pick<Snapshot, 'time' | 'monotonic' | 'uptime'>;
  /** What was read of it alone, as soon as it is known. */
  readonly details: Details | undefined;
  /** Milliseconds that the chart covers; undefined: what is known, up to ten minutes. */
  readonly span: number | undefined;
}

/** What the collects in all tagged processes proved, one line a process. The batch itself is among the collects. */
export interface VerdictsPane extends AnyPane {
  readonly kind: 'verdicts';
}

/** The OOM kills. */
export interface OomPane extends AnyPane {
  readonly kind: 'oom';
}

/** What the machine's memory is used for. */
export interface MemoryPane extends AnyPane {
  readonly kind: 'memory';
}

/** The panes by kind. One more is a member here, a file in panes/ and an entry in the table of panes. */
export type Pane = ResultPane | LinesPane | VerdictsPane | DetailPane | OomPane | MemoryPane;

/** Whether the details of a process are open, also behind another pane. */
export function hasDetail(pane: Pane | undefined): boolean {
  return pane !== undefined && (pane.kind === 'detail' || hasDetail(pane.behind));
}

/** What of a state a pane may be made of. */
export interface PaneSource {
  readonly look: Pick<Appearance, 'ascii' | 'graph'>;
  readonly collects: Collects;
  readonly view:
    | {
        readonly snapshot: Snapshot;
        readonly rows: readonly Row[];
        readonly tracker: Tracker;
        readonly obituaries?: readonly Obituary[];
      }
    | undefined;
  /** Processes to be drawn together with the selected one, by PID. */
  readonly tags?: ReadonlyMap<number, Target>;
}

/** The styles that a pane may use; the theme of the screen knows them all. */
export type PaneRole = 'title' | 'quiet' | 'key' | 'good' | 'warn' | 'bad' | 'trend' | 'mark';

/** How the screen dresses texts. Colour adds no cells. */
export interface Paint {
  paint(role: PaneRole, text: string): string;
  /** Charts, where `paint` might reverse them. */
  fill(role: PaneRole, text: string): string;
  /** A text of our own in the characters this terminal can show. */
  plain(text: string): string;
}

/** What a kind of pane wants, and how its lines are made. */
export interface PaneKind<P extends Pane> {
  /** Where it would like to stand on a wide terminal; on others it stands below the table, or in its place. */
  readonly place: 'side' | 'below';
  /** The largest fraction of the lines it takes below the table until the border is moved. */
  readonly share: number;
  /** Lines that it would like to have below the table, its title included; without it: as many as it has. */
  readonly lines?: number;
  /** One line, cleaned; cut to the room there is. */
  title(pane: P, source: PaneSource): string;
  /** How many lines `draw` would make, counted without drawing them. */
  height(pane: P, source: PaneSource, room: Room): number;
  /** Its lines, none wider than the room. May be more than fit: the pane is scrolled then. */
  draw(pane: P, source: PaneSource, room: Room, paint: Paint): string[];
}
