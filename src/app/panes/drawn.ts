// The open pane drawn: for the screen alone, since an update draws nothing.
import type { Space } from '../layout/areas.ts';
import type { Paint, Pane, PaneSource } from '../state/pane.ts';
import { paneKindOf } from './panes.ts';

/** Its title, not yet cut. */
export function paneTitleOf(pane: Pane, source: PaneSource): string {
  return paneKindOf(pane).title(pane, source);
}

/** Its lines, all of them. */
export function drawn(pane: Pane, source: PaneSource, space: Space, paint: Paint): string[] {
  return paneKindOf(pane).draw(pane, source, space, paint);
}
