// The timeline: memory in use over the recorded time, marks of events, and the moment that is shown.
import { cellAt, type TimelineCells, timelineOf } from '../../app/recorder/timeline.ts';
import { momentOf, recordedIn } from '../../app/state/past.ts';
import type { State } from '../../app/state/state.ts';
import type { RecordedEvent } from '../../model/recall/recorded.ts';
import { formatClock } from '../../text/format.ts';
import { scaleOf, sparkline } from '../../text/sparkline.ts';
import type { Theme } from '../theme/theme.ts';
import type { Role } from '../theme/themes.ts';

/** The signs of events, as in the help; where several share a cell, the first of this list is shown. */
const MARKS: readonly { readonly kind: RecordedEvent['kind']; readonly sign: string; readonly role: Role }[] = [
  { kind: 'oom-kill', sign: 'K', role: 'bad' },
  { kind: 'rule', sign: 'r', role: 'warn' },
  { kind: 'collect', sign: 'c', role: 'mark' },
  { kind: 'exited', sign: '-', role: 'mark' },
  { kind: 'started', sign: '+', role: 'mark' },
  { kind: 'clock', sign: 't', role: 'mark' },
];

/** A line as wide as the terminal; empty where nothing is recorded. */
export function timelineLine(state: State, theme: Theme): string {
  const timeline = timelineOf(state);
  const recorded = recordedIn(state)?.recorded;
  if (timeline === undefined || recorded === undefined) return '';
  const { cells, from, to, hasClocks } = timeline;
  const set = theme.sparklines;
  const values = recorded.usage(from, to, cells * set.perCell);
  const drawn = [...sparkline(values, scaleOf(values), set)];
  const marks = marksIn(timeline, recorded.events);
  const cursor = cellAt(timeline, momentOf(state) ?? to);
  let line = '';
  let run = '';
  const flush = () => {
    if (run !== '') line += theme.fill('trend', run);
    run = '';
  };
  for (let cell = 0; cell < cells; cell += 1) {
    const mark = marks.get(cell);
    if (cell !== cursor && mark === undefined) {
      run += drawn[cell] ?? ' ';
      continue;
    }
    flush();
    line +=
      cell === cursor
        ? theme.paint('selected', theme.signs.border)
        : theme.paint(mark?.role ?? 'mark', mark?.sign ?? '');
  }
  flush();
  if (!hasClocks) return line;
  const [begin, end] = [from, to].map((time) => formatClock(time).slice(0, 5));
  return `${theme.paint('quiet', `${begin} `)}${line}${theme.paint('quiet', ` ${end}`)}`;
}

/** The mark of each cell that has one. */
function marksIn(timeline: TimelineCells, events: readonly RecordedEvent[]): Map<number, (typeof MARKS)[number]> {
  const marks = new Map<number, (typeof MARKS)[number]>();
  for (const mark of MARKS) {
    for (const { kind, time } of events) {
      const cell = kind === mark.kind ? cellAt(timeline, time) : undefined;
      if (cell !== undefined && !marks.has(cell)) marks.set(cell, mark);
    }
  }
  return marks;
}
