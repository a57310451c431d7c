// The detail pane: everything about the selected process.
import { formatSize } from '../../model/format.ts';
import { cut } from '../../model/width.ts';
import type { DetailPane, PaneKind } from '../pane.ts';
import { wrapped } from './wrapped.ts';

/** It likes to have most of the lines, so that its chart is tall. */
const PLENTY = 60;

export const DETAIL: PaneKind<DetailPane> = {
  place: 'beside',
  share: 0.6,
  lines: () => PLENTY,
  title: ({ row }) => `${row.label.name} (${row.process.who.pid})`,
  draw({ row }, _, { width }, { paint }) {
    const facts = [`RSS ${formatSize(row.process.rss)}  user ${row.label.user}`];
    return [...wrapped(row.label.command, width, 4), ...facts.map((fact) => paint('quiet', cut(fact, width)))];
  },
};
