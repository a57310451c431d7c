// The table of panes: what each requests from the layout, and how many lines it has.
import type { Space, Wants } from '../layout/areas.ts';
import type { Pane, PaneKind, PaneSource } from '../state/pane.ts';
import { DETAIL } from './detail.ts';
import { HOLDERS } from './lines.ts';
import { MEMORY } from './memory.ts';
import { OOM } from './oom.ts';
import { RESULT } from './result.ts';
import { VERDICTS } from './verdicts.ts';

/** The table. */
export const PANES: { readonly [Kind in Pane['kind']]: PaneKind<Extract<Pane, { kind: Kind }>> } = {
  result: RESULT,
  lines: HOLDERS,
  detail: DETAIL,
  verdicts: VERDICTS,
  oom: OOM,
  memory: MEMORY,
};

/** What the open pane requests on a terminal of this width; undefined when none is open. */
export function wantsOf(pane: Pane | undefined, source: PaneSource, width: number): Wants | undefined {
  if (pane === undefined) return undefined;
  const kind = paneKindOf(pane);
  const lines = kind.lines ?? 1 + kind.height(pane, source, { width, height: 0 });
  return { place: kind.place, fraction: kind.fraction, lines };
}

/** How many lines it has: none is drawn to count them. */
export function paneHeight(pane: Pane, source: PaneSource, space: Space): number {
  return paneKindOf(pane).height(pane, source, space);
}

/** The entry of a pane in the table. */
export function paneKindOf<P extends Pane>(pane: P): PaneKind<P> {
  // The table is complete by its type; TypeScript cannot tie the entry to the member by itself.
  return PANES[pane.kind] as unknown as PaneKind<P>;
}
