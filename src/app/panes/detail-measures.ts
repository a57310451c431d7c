// The measures of one process with what each means: every column of numbers, and what RSS is made of.
import type { CellStyle, Column } from '../../model/columns/column.ts';
import { COLUMNS } from '../../model/columns/columns.ts';
import type { Row } from '../../model/rows/row.ts';
import { COSTLY, COSTLY_REST, smapsAge } from '../../model/snapshot/smaps.ts';
import { formatAge, formatSize, formatSpan } from '../../text/format.ts';
import { BLOCKS } from '../../text/sparkline.ts';
import type { DetailPane, PaneSource } from '../state/pane.ts';
import type { Fact, FactGroup } from './fact-lines.ts';

const STYLE: CellStyle = { sparklines: BLOCKS, width: 12, wholeCommands: true, still: '0' };

const WHY_NO_SMAPS = {
  denied: 'permission denied: only its user and root can read them; see `memtop doctor`',
  gone: 'process exited',
  unsupported: 'not available on this kernel',
  malformed: 'malformed',
  late: 'no answer yet: the process or its file system is stuck',
  'too-many-files': 'too many open files',
  failed: 'the kernel reported an error',
} as const;

/** The measures that are known, each with its meaning. */
export function measureFacts(pane: DetailPane, source: PaneSource): FactGroup {
  const { view } = source;
  if (view === undefined) return { heading: 'Measures', facts: [] };
  const moment = {
    time: pane.seen.time,
    uptime: pane.seen.uptime,
    timeline: view.tracker.timeline,
    memoryTotal: view.snapshot.system.total,
  };
  const row = withDetails(pane);
  const columns: readonly Column[] = COLUMNS;
  const facts = columns
    .filter((column) => column.align === 'right' && !column.isInHead)
    .map((column) => ({ column, text: column.text(row, moment, STYLE) }))
    .filter(({ text }) => text !== '')
    .map(({ column, text }): Fact => [`${column.title.padEnd(6)}${text.padStart(9)}`, column.meaning]);
  return { heading: 'Measures', facts: [...facts, ...smapsFacts(pane), ...parts(pane)] };
}

/** The row with what was read for this pane alone. */
function withDetails({ row, details }: DetailPane): Row {
  const { peak, swap } = details?.memory ?? {};
  const process = {
    ...row.process,
    ...(peak !== undefined && { peak }),
    ...(swap !== undefined && { swap }),
  };
  return { ...row, process };
}

/** The age of PSS and USS, and why they are not newer; or why there are none. */
function smapsFacts({ row: { process }, seen }: DetailPane): Fact[] {
  const { smaps, smapsGap, who } = process;
  if (who.kernel) return [];
  if (smaps === undefined) return smapsGap === undefined ? [] : [['PSS and USS', WHY_NO_SMAPS[smapsGap]]];
  const took = `${smaps.cost < 0.95 ? 'less than 1' : Math.round(smaps.cost)} ms`;
  const read = `read ${formatAge(smapsAge(smaps, seen.time))} ago in ${took}`;
  if (smaps.cost <= COSTLY) return [['PSS and USS', read]];
  const pace = `reading blocks the process, so they are read only every ${formatSpan(COSTLY_REST)}`;
  return [['PSS and USS', `${read}; ${pace}`]];
}

/** The parts of RSS, where the kernel reports them. */
function parts({ details }: DetailPane): Fact[] {
  const { anonymous, file, shared, pageTables, hugePages } = details?.memory ?? {};
  const facts = [
    anonymous === undefined ? undefined : `anonymous ${formatSize(anonymous)} (heaps, stacks)`,
    file === undefined ? undefined : `file-backed ${formatSize(file)}`,
    shared === undefined ? undefined : `shared memory ${formatSize(shared)}`,
  ].filter((part) => part !== undefined);
  const huge: Fact[] = hugePages ? [['huge pages', `${formatSize(hugePages)} of hugetlbfs, not counted in RSS`]] : [];
  if (facts.length === 0) return huge;
  const tables = pageTables === undefined ? '' : `; page tables ${formatSize(pageTables)} in addition`;
  return [['RSS is', `${facts.join(', ')}${tables}`], ...huge];
}
