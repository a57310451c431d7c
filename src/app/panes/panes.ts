// The table of panes, and what the rest of the program asks of whichever one is open.
import type { Room, Wants } from '../layout/areas.ts';
import type { Paint, Pane, PaneKind, PaneSource } from '../state/pane.ts';
import { DETAIL } from './detail.ts';
import { HOLDERS } from './lines.ts';
import { MEMORY } from './memory.ts';
import { OOM } from './oom.ts';
import { RESULT } from './result.ts';
import { VERDICTS } from './verdicts.ts';

const PANES: { readonly [Kind in Pane['kind']]: PaneKind<Extract<Pane, { kind: Kind }>> } = {
  result: RESULT,
  lines: HOLDERS,
  detail: DETAIL,
  verdicts: VERDICTS,
  oom: OOM,
  memory: MEMORY,
};

/** What the open pane wants on a terminal so wide; undefined when none is open. */
export function wantsOf(pane: Pane | undefined, source: PaneSource, width: number): Wants | undefined {
  if (pane === undefined) return undefined;
  const kind = kindOf(pane);
  return { place: kind.place, share: kind.share, lines: kind.lines(pane, source, width) };
}

/** Its title, not yet cut. */
export function paneTitleOf(pane: Pane, source: PaneSource): string {
  return kindOf(pane).title(pane, source);
}

/** Its lines, all of them. */
export function drawn(pane: Pane, source: PaneSource, room: Room, paint: Paint): string[] {
  return kindOf(pane).draw(pane, source, room, paint);
}

function kindOf<P extends Pane>(pane: P): PaneKind<P> {
  // The table is complete by its type; TypeScript cannot tie the entry to the member by itself.
  return PANES[pane.kind] as unknown as PaneKind<P>;
}
