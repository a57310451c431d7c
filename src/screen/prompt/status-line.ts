// The last line: keys, what is shown, and what memtop itself costs. A prompt takes its place while one is open.
import { CHOOSER_KEYS } from '../../app/actions/column-chooser.ts';
import { lineOfText } from '../../app/actions/editing.ts';
import { isUnknown } from '../../app/actions/signal-menu.ts';
import { taggedRows } from '../../app/actions/tagging.ts';
import { keysOf } from '../../app/state/key-command.ts';
import { keyTitle } from '../../app/state/key-title.ts';
import { playText } from '../../app/state/replay.ts';
import type { Mode, State } from '../../app/state/state.ts';
import { conditionOf } from '../../app/view/conditions.ts';
import { groupingOf } from '../../model/arrangement/layout.ts';
import type { Row } from '../../model/rows/row.ts';
import { clean } from '../../text/clean.ts';
import { formatClock, formatInterval, formatPercent, formatSize } from '../../text/format.ts';
import { cellWidth, cut, fitLeft, fitRight } from '../../text/width.ts';
import { wrapped } from '../../text/wrap.ts';
import { conditionLine } from '../header/header.ts';
import type { Theme } from '../theme/theme.ts';
import { count, isNarrowed, position, totalText } from './count.ts';
import { filterPrompt } from './filter-prompt.ts';
import { narrowing } from './narrowing.ts';
import { prompt } from './prompt.ts';
import { searchPrompt } from './search-prompt.ts';

/** Below this many columns the status bar has space for one fact. */
const SMALL = 36;

/**
 * The lines at the bottom: the status bar, the prompt of what is being typed, or a question, which takes more than one
 * line where it is wider than the terminal.
 *
 * @param most lines there is space for, at least one
 */
export function statusLines(state: State, most: number, theme: Theme): string[] {
  const { mode, columns } = state;
  if (mode.kind !== 'confirm') return [statusLine(state, theme)];
  return questionLines(mode.question, columns, Math.min(most, MOST_QUESTION_LINES), theme);
}

function statusLine(state: State, theme: Theme): string {
  const { mode, columns } = state;
  if (mode.kind === 'filter') return filterPrompt(state, theme);
  if (mode.kind === 'search') return searchPrompt(state, mode, theme);
  if (mode.kind === 'interval') {
    return prompt(
      { title: 'Interval: ', line: mode },
      [`now ${formatInterval(state.interval)}  Enter set  Esc cancel`, `now ${formatInterval(state.interval)}`],
      columns,
      theme,
    );
  }
  if (mode.kind === 'time') {
    const hints = ['10:30, 10:30:15 or -15m  Enter go  Esc cancel', '10:30 or -15m  Enter go', '10:30 or -15m'];
    return prompt({ title: 'Time: ', line: mode }, hints, columns, theme);
  }
  if (mode.kind === 'signal') return signalPrompt(state, mode, theme);
  if (mode.kind === 'choose') return fitLeft(theme.plain(' ↑ ↓ choose  Enter select  Esc cancel'), columns);
  if (mode.kind === 'columns') return chooserHints(columns, theme);
  if (mode.kind === 'help') return fitLeft(theme.plain(' ↑ ↓ scroll  q close  Ctrl-C quit'), columns);
  // Where the header has no line for it.
  if (state.notice !== undefined && state.layout.header === 'bare') {
    return theme.paint('warn', fitLeft(theme.plain(clean(state.notice)), columns));
  }
  const condition = state.layout.header === 'bare' ? conditionOf(state) : undefined;
  if (condition?.isUrgent === true) return fitLeft(conditionLine(condition, columns, theme), columns);
  return bar(state, theme);
}

/** What has been typed in the menu of signals, and what Enter would do. */
function signalPrompt(state: State, menu: Mode & { kind: 'signal' }, theme: Theme): string {
  const { columns } = state;
  const name = state.signals.offered[menu.index]?.name ?? '';
  const does = isUnknown(state, menu) ? 'no such signal' : `Enter sends ${name}`;
  if (columns < 36) return fitLeft(theme.plain(menu.typed === '' ? does : `${menu.typed} ${does}`), columns);
  const hints = [`${does}  Esc cancels  ↑ ↓ or type a name or number`, `${does}  Esc cancels`, does];
  const line = lineOfText(menu.typed);
  return prompt({ title: 'signal ', line }, hints.slice(columns < 70 ? 1 : 0).map(theme.plain), columns, theme);
}

function bar(state: State, theme: Theme): string {
  const { columns } = state;
  const right = cut(theme.plain(facts(state).join('  ')), columns);
  const width = Math.max(0, columns - cellWidth(right) - 1);
  const narrowed = narrowing(state, width, theme);
  const used = cellWidth(narrowed);
  const keys = fitKeys(Math.max(0, width - used), state.isReadonly, theme);
  return theme.paint('mark', narrowed) + keys + fitRight(right, columns - width);
}

/** The right-hand part, in order of importance on a small terminal. */
function facts(state: State): string[] {
  const { columns } = state;
  const place = position(state);
  // What narrows the table is at the left, with its count.
  if (columns < SMALL) return isNarrowed(state) ? [] : [place === '' ? cost(state, false) : place];
  const isCounted = !isNarrowed(state) && (columns >= 100 || (columns >= 76 && isGrouped(state)));
  const shown =
    isCounted && place !== '' ? `${place}, ${totalText(state.shown, state)}` : isCounted ? count(state) : place;
  return [
    ...(state.tags.size > 0 ? [tagSum(state)] : []),
    ...(shown === '' ? [] : [shown]),
    ...replayFacts(state),
    ...(state.replay === undefined && columns >= (isNarrowed(state) ? 100 : 60)
      ? [`every ${formatInterval(state.interval)}`]
      : []),
    ...(state.replay === undefined && (columns >= 60 || !isNarrowed(state)) ? [cost(state, columns >= 50)] : []),
  ];
}

/** The moment that a replay shows; the header has it only where there is space. */
function replayFacts({ replay, view, layout }: State): string[] {
  if (replay === undefined || view === undefined) return [];
  return layout.header === 'full' ? [playText(replay)] : [formatClock(view.snapshot.time), playText(replay)];
}

function isGrouped({ arrangement, tags }: State): boolean {
  return groupingOf(arrangement) !== undefined && tags.size === 0;
}

/** As many keys as fit, help and quit before all others. */
function fitKeys(width: number, isReadonly: boolean, theme: Theme): string {
  const bars = keysOf(isReadonly).filter((binding) => binding.bar !== undefined);
  const wanted = [...bars].sort((one, other) => rank(one.bar) - rank(other.bar));
  const fitting = new Set<string | undefined>();
  let used = 0;
  for (const { keys, bar: word } of wanted) {
    const size = cellWidth(`${keyTitle(keys[0] ?? '')} ${word}  `);
    if (used + size > width) continue;
    used += size;
    fitting.add(word);
  }
  const text = bars
    .filter((binding) => fitting.has(binding.bar))
    .map(({ keys, bar: word }) => `${theme.paint('key', theme.plain(keyTitle(keys[0] ?? '')))} ${word}  `)
    .join('');
  return text + ' '.repeat(Math.max(0, width - used));
}

function rank(word: string | undefined): number {
  return ['help', 'quit', 'collect', 'filter', 'signal', 'sort'].indexOf(word ?? '') >>> 0;
}

/** The keys of the chooser, as many as fit; keys that do the same share a word. */
function chooserHints(columns: number, theme: Theme): string {
  const words = [...new Set(CHOOSER_KEYS.map(({ bar: word }) => word))];
  const hints = words.map((word) => {
    const keys = CHOOSER_KEYS.filter((each) => each.bar === word).map(({ keys: [first = ''] }) => keyTitle(first));
    return { keys: theme.plain(keys.join(' ')), word };
  });
  // The key that ends it matters most where not all fit.
  const wanted = [...hints].sort((one, other) => endRank(one.word) - endRank(other.word));
  const fitting = new Set<string>();
  let used = 0;
  for (const { keys, word } of wanted) {
    const size = cellWidth(`${keys} ${word}  `);
    if (used + size > columns + 2) continue;
    used += size;
    fitting.add(word);
  }
  const shown = hints.filter(({ word }) => fitting.has(word));
  return shown.map(({ keys, word }) => `${theme.paint('key', keys)} ${word}`).join('  ');
}

function endRank(word: string): number {
  return ['keep', 'undo', 'show'].indexOf(word) >>> 0;
}

/** How many are tagged, and what they have together. */
function tagSum(state: State): string {
  const number = `${state.tags.size} tagged`;
  if (state.columns < 30) return number;
  return `${number}, ${totalText(taggedRows(state), state)}`;
}

/** memtop's own CPU and memory, with that of its children and what the kernel holds for it. */
function cost(state: State, withCpu: boolean): string {
  // What memtop costs now, also while the screen shows the past.
  const view = state.past === undefined ? state.view : (state.latest ?? state.view);
  const observer = view?.snapshot.observer;
  const rows = view?.rows ?? [];
  const own = rows.find((row) => row.process.who.pid === observer?.pid);
  if (own === undefined || observer === undefined) return 'memtop';
  const { children, kernelMemory } = observer;
  const all =
    children === undefined ? [own] : [own, ...rows.filter(({ process }) => children.includes(process.who.pid))];
  const sum = (of: (row: Row) => number) => all.reduce((total, row) => total + of(row), 0);
  const cpu = own.cpuPercent === undefined || !withCpu ? '' : ` ${formatPercent(sum((row) => row.cpuPercent ?? 0))}%`;
  return `memtop${cpu} ${formatSize(sum((row) => row.process.rss) + kernelMemory)}`;
}

/** The keys that answer a question, in full, and where the question has no space next to that. */
const ANSWERS = ['Enter yes  Esc no', 'Enter/Esc'] as const;

/** A question takes no more lines than this of the table above it. */
const MOST_QUESTION_LINES = 4;

/** The keys stand behind the question, or behind its last line where it takes several. */
function questionLines(text: string, columns: number, most: number, theme: Theme): string[] {
  const question = theme.plain(text);
  const widthBy = (hints: string) => columns - hints.length - 2;
  const hints = cellWidth(question) <= widthBy(ANSWERS[0]) ? ANSWERS[0] : ANSWERS[1];
  const width = widthBy(hints);
  const withKeys = (line: string) => `${fitLeft(line, width)}  ${theme.paint('quiet', hints)}`;
  if (cellWidth(question) <= width) return [withKeys(question)];
  const whole = wrapped(question, columns, most, theme.signs.cut);
  const last = whole.at(-1) ?? '';
  if (cellWidth(last) <= width) return [...whole.slice(0, -1).map((line) => fitLeft(line, columns)), withKeys(last)];
  if (whole.length < most) return [...whole.map((line) => fitLeft(line, columns)), withKeys('')];
  const shorter = wrapped(question, width, most, theme.signs.cut);
  return [...shorter.slice(0, -1).map((line) => fitLeft(line, columns)), withKeys(shorter.at(-1) ?? '')];
}
