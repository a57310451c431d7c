import { describe, expect, it } from 'vitest';
import { keyTitle } from '../../../src/app/state/key-title.ts';
import { KEYS } from '../../../src/app/state/keys.ts';
import type { State } from '../../../src/app/state/state.ts';
import { helpLines, TERM_WIDTH } from '../../../src/app/view/help.ts';
import { wantedBy } from '../../../src/app/view/needs.ts';
import { COLUMNS } from '../../../src/model/columns/columns.ts';
import { openRegexes } from '../../../src/model/query/regex-engine.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Process } from '../../../src/model/snapshot/snapshot.ts';
import { cellWidth } from '../../../src/text/width.ts';
import { patientRegexes } from '../../helpers/queries.ts';
import { MEBIBYTE, processOf, snapshotOf } from '../../helpers/snapshots.ts';
import { act, press, serverProcesses, shownPids, watched } from '../../helpers/states.ts';

function selectedPid(state: State): number | undefined {
  return state.shown[state.cursor]?.process.who.pid;
}

/** Many processes, so that there is something to page through. */
const hundred = () =>
  Array.from({ length: 100 }, (_, index) => processOf({ who: { pid: 100 + index }, rss: (200 - index) * MEBIBYTE }));

/** Five that grow the faster the longer they do: the last of them passes all others. */
const racing = (tick: number) =>
  Array.from({ length: 5 }, (_, index) =>
    processOf({ who: { pid: 100 + index }, rss: (100 - 10 * index + tick ** (1 + index / 4)) * MEBIBYTE }),
  );

/** The state after one more sample. */
function ticked(state: State, processes: readonly Process[], second: number): State {
  const tracker = state.view?.tracker ?? new Tracker();
  const snapshot = snapshotOf([...processes], second);
  return act(state, { type: 'sampled', view: { snapshot, rows: tracker.advance(snapshot, 2000), tracker } }).state;
}

describe('sorting', () => {
  it('is by RSS, largest first, by default', () => {
    expect(shownPids(watched())).toEqual([1311, 9122, 842, 1502, 4711, 1]);
  });

  it.each([
    ['M', [1, 4711, 1502, 842, 9122, 1311], 'by memory again is the other way round'],
    ['D', [9122, 1, 842, 1311, 1502, 4711], 'by growth: the leaking one first'],
    ['P', [9122, 1311, 4711, 1, 842, 1502], 'by CPU'],
    ['N', [1, 842, 1311, 1502, 4711, 9122], 'by PID, lowest first'],
  ])('%s sorts %j', (key, pids) => {
    expect(shownPids(press(watched(), key).state)).toEqual(pids);
  });

  it('the same key again and I both invert', () => {
    const byPid = press(watched(), 'N').state;
    expect(shownPids(press(byPid, 'N').state)).toEqual(shownPids(byPid).reverse());
    expect(shownPids(press(byPid, 'I').state)).toEqual(shownPids(byPid).reverse());
  });

  it('< and > go to the column next to it, round the ends', () => {
    const wide = { columns: 200, rows: 24 };
    expect(press(watched({}, wide), '>').state.order.column.id).toBe('growth');
    expect(press(watched({}, wide), '<').state.order.column.id).toBe('user');
    expect(press(watched({}, wide), '<', '<', '<').state.order.column.id).toBe('command');
  });

  it('F6 lists all columns, also those that are not shown', () => {
    const chosen = press(watched(), 'f6', 'end', 'up', 'enter').state;
    expect(chosen.order.column.id).toBe('swap');
    expect(chosen.mode.kind).toBe('table');
  });

  it('a list is left by Esc without a change', () => {
    const left = press(watched(), 'f6', 'down', 'escape').state;
    expect([left.order.column.id, left.mode.kind]).toEqual(['rss', 'table']);
  });
});

describe('the selection', () => {
  it('is on the first row until the user moves it, whichever process is there', () => {
    const before = watched({}, undefined, 5, racing);
    const after = ticked(before, racing(20), 40);
    expect([shownPids(before)[0], shownPids(after)[0]]).toEqual([100, 104]);
    expect(after).toMatchObject({ cursor: 0, top: 0 });
  });

  it('once moved stays on its process when rows re-sort', () => {
    const before = press(watched({}, undefined, 5, racing), 'down').state;
    const after = ticked(before, racing(20), 40);
    expect([before.cursor, selectedPid(after)]).toEqual([1, selectedPid(before)]);
    expect(after.cursor).not.toBe(1);
  });

  it('moved to the first row stays on that row again', () => {
    const before = press(watched({}, undefined, 5, racing), 'end', 'home').state;
    expect(ticked(before, racing(20), 40)).toMatchObject({ cursor: 0, top: 0 });
  });

  it.each(['M', 'D', 'P', 'T', 'N', 'I', '<', '>'])('goes to the top when %s chooses an order', (key) => {
    const moved = press(watched({}, { columns: 80, rows: 24 }, 1, hundred), 'end', key).state;
    expect([moved.cursor, moved.top]).toEqual([0, 0]);
    expect(ticked(moved, hundred().reverse(), 100)).toMatchObject({ cursor: 0, top: 0 });
  });

  it('F keeps a process in sight whatever the order, until F is pressed again', () => {
    const followed = press(watched(), 'down', 'F').state;
    expect(followed.notice).toBe('Following python3 (9122), press F to stop');
    const byPid = press(followed, 'N').state;
    expect([selectedPid(byPid), byPid.cursor]).toEqual([9122, 5]);
    expect(press(byPid, 'F').state).toMatchObject({ cursor: 0, anchor: 'first-row' });
  });

  it('F ends with its process, and says so', () => {
    const followed = press(watched(), 'down', 'F').state;
    const after = ticked(
      followed,
      serverProcesses(30).filter((process) => process.who.pid !== 9122),
      60,
    );
    expect(after).toMatchObject({ cursor: 1, anchor: 'process' });
    expect(after.notice).toBe('No longer following python3 (9122): it exited or is not shown');
  });

  it('does not follow a process that becomes a zombie to the bottom of the table', () => {
    const zombie = hundred().map((each) => (each.who.pid === 102 ? { ...each, state: 'Z' as const, rss: 0 } : each));
    const unmoved = watched({}, { columns: 80, rows: 24 }, 1, hundred);
    expect(ticked(unmoved, zombie, 2)).toMatchObject({ cursor: 0, top: 0 });
    expect(ticked(press(unmoved, 'j', 'j').state, zombie, 2)).toMatchObject({ cursor: 2, top: 0 });
  });

  it('stays on the process whose details are open, and goes back to the first row when they close', () => {
    const open = press(watched({}, undefined, 5, racing), 'enter').state;
    const after = ticked(open, racing(20), 40);
    expect(selectedPid(after)).toBe(selectedPid(open));
    expect(after.cursor).not.toBe(0);
    expect(ticked(press(after, 'escape').state, racing(21), 42).cursor).toBe(0);
  });

  it('stays on its line when its process ends', () => {
    const state = press(watched(), 'down').state;
    const tracker = new Tracker();
    const snapshot = snapshotOf(
      serverProcesses(30).filter((process) => process.who.pid !== 9122),
      60,
    );
    const after = act(state, {
      type: 'sampled',
      view: { snapshot, rows: tracker.advance(snapshot, 2000), tracker },
    }).state;
    expect([after.cursor, selectedPid(after)]).toEqual([1, 842]);
  });

  it('does not follow a reused pid', () => {
    const state = press(watched(), 'down').state;
    const tracker = new Tracker();
    const reused = serverProcesses(30).map((process) =>
      process.who.pid === 9122 ? { ...process, rss: 1, who: { ...process.who, startTime: 1 } } : process,
    );
    const snapshot = snapshotOf(reused, 60);
    const after = act(state, {
      type: 'sampled',
      view: { snapshot, rows: tracker.advance(snapshot, 2000), tracker },
    }).state;
    expect(selectedPid(after)).not.toBe(9122);
  });

  it('moves by lines and pages and to both ends, and never out of the list', () => {
    const state = watched({}, { columns: 80, rows: 24 }, 1, hundred);
    const page = state.layout.body;
    expect(press(state, 'j', 'j', 'k').state.cursor).toBe(1);
    expect(press(state, 'pagedown').state.cursor).toBe(page);
    expect(press(state, 'pagedown', 'pageup').state.cursor).toBe(0);
    expect(press(state, 'G').state.cursor).toBe(99);
    expect(press(state, 'end', 'down').state.cursor).toBe(99);
    expect(press(state, 'end', 'home').state.top).toBe(0);
    expect(press(state, 'up').state.cursor).toBe(0);
  });

  it('is always on the screen, whatever the size becomes', () => {
    let state = press(watched({}, { columns: 80, rows: 50 }, 1, hundred), ...Array<string>(30).fill('down')).state;
    for (const rows of [24, 10, 5, 3, 1, 40]) {
      state = act(state, { type: 'resized', columns: 80, rows }).state;
      expect(state.cursor).toBe(30);
      expect(state.cursor - state.top).toBeGreaterThanOrEqual(0);
      expect(state.cursor - state.top).toBeLessThan(state.layout.body);
    }
  });
});

describe('filtering', () => {
  it('keeps what has all words in name or command, as they are typed', () => {
    const state = press(watched(), '/', 'N', 'o', 'd', 'e').state;
    expect(shownPids(state)).toEqual([1311]);
    expect(shownPids(press(state, 'space', 's', 'e', 'r').state)).toEqual([1311]);
    expect(shownPids(press(state, 'x').state)).toEqual([]);
  });

  it('never finds memtop itself', () => {
    expect(shownPids(press(watched(), '/', 'm', 'e', 'm').state)).toEqual([]);
  });

  it('Enter keeps it, Esc clears it', () => {
    const typed = press(watched(), '/', 'n', 'o', 'd', 'e').state;
    expect(shownPids(press(typed, 'enter').state)).toEqual([1311]);
    expect(shownPids(press(typed, 'escape').state)).toHaveLength(6);
    expect(shownPids(press(typed, 'enter', 'escape').state)).toHaveLength(6);
  });

  it('letters that are keys elsewhere are letters here', () => {
    const state = press(watched(), '/', 'q', 'z', 'I').state;
    expect([state.filter, state.mode.kind]).toEqual(['qzI', 'filter']);
  });

  it('can be edited and pasted into, without control characters', () => {
    const pasted = act(press(watched(), '/').state, { type: 'paste', text: 'no\u001b[31m\nde ser' }).state;
    expect(pasted.filter).toBe('no[31m de ser');
    expect(press(pasted, 'ctrl-w', 'backspace').state.filter).toBe('no[31m de');
    expect(press(pasted, 'ctrl-u').state.filter).toBe('');
  });

  it('a paste that no filter can hold is refused with a sentence, one that it can is taken whole', () => {
    const open = press(watched(), '/', 'n').state;
    const refused = act(open, { type: 'paste', text: 'x'.repeat(10_000) }).state;
    expect([refused.filter, refused.notice]).toEqual(['n', expect.stringContaining('too long')]);
    expect(act(open, { type: 'paste', text: 'x'.repeat(9_999) }).state.filter).toHaveLength(10_000);
  });

  it('an invalid query leaves the last one in force, shows the error, and Enter does not accept it', () => {
    const good = press(watched(), '/', ...'rss>90m').state;
    expect(shownPids(good)).toEqual([1311, 9122, 842]);
    const bad = press(good, 'space', ...'(').state;
    expect(bad.complaint).toMatchObject({ at: 9, length: 0, message: 'Incomplete' });
    expect([shownPids(bad), bad.query.text]).toEqual([[1311, 9122, 842], 'rss>90m']);
    expect(press(bad, 'enter').state.mode.kind).toBe('filter');
    expect(press(bad, 'escape').state).toMatchObject({ filter: '', complaint: undefined, mode: { kind: 'table' } });
    expect(shownPids(press(bad, 'ctrl-w', ...'user=postgres', 'enter').state)).toEqual([842]);
  });

  it('memtop itself and kernel threads are found by their PID only', () => {
    expect(shownPids(press(watched(), '/', ...'pid=4711,2').state).sort()).toEqual([2, 4711]);
    expect(shownPids(press(watched(), '/', ...'pid>1').state)).not.toContain(4711);
  });

  it('Tab completes the name of a column, goes on to the next, and the table waits', () => {
    const state = press(watched(), '/', ...'node p', 'tab').state;
    expect([state.filter, shownPids(state)]).toEqual(['node pid=', []]);
    expect(press(state, 'tab').state.filter).toBe('node ppid=');
    const offered = COLUMNS.filter(({ id }) => id.startsWith('p'));
    expect(press(state, ...offered.map(() => 'tab')).state.filter).toBe('node pid=');
    expect(press(state, 'shift-tab').state.filter).toMatch(new RegExp(`^node ${offered.at(-1)?.id}[=>~]$`));
    expect(shownPids(press(state, ...'1311').state)).toEqual([1311]);
    expect(press(watched(), '/', ...'node rss>', 'tab').state.filter).toBe('node rss>');
    expect(press(watched(), '/', ...'xy', 'tab').state.filter).toBe('xy');
  });

  it.each([
    ['growth', '1m', 'growth>1m'],
    ['growth', '<1m', 'growth<1m'],
    ['growth', '>=1m', 'growth>=1m'],
    ['rs', '=5m', 'rss>=5m'],
    ['user', 'www', 'user~www'],
    ['user', '!=www', 'user!=www'],
    ['pid', '1', 'pid=1'],
  ])('%s, Tab and %s make the comparison %s', (begun, rest, filter) => {
    const { state } = press(watched(), '/', ...begun, 'tab', ...rest);
    expect([state.filter, state.complaint]).toEqual([filter, undefined]);
  });

  it('is edited where the cursor is, as in a shell', () => {
    const filterOf = (...keys: string[]) => press(watched(), '/', ...'node server', ...keys).state.filter;
    expect(filterOf('home', 'x')).toBe('xnode server');
    expect(filterOf('ctrl-a', 'delete', 'ctrl-d')).toBe('de server');
    expect(filterOf('left', 'left', 'backspace')).toBe('node serer');
    expect(filterOf('left', 'ctrl-k')).toBe('node serve');
    expect(filterOf('left', 'left', 'ctrl-u', 'end', 'z')).toBe('erz');
    expect(filterOf('home', 'right', 'right', 'right', 'right', 'ctrl-w')).toBe(' server');
    expect(press(watched(), '/', '🚀', 'x', 'left', 'left', 'right', 'backspace').state.filter).toBe('x');
    expect(act(press(watched(), '/', ...'ab', 'left').state, { type: 'paste', text: '-' }).state.filter).toBe('a-b');
  });

  it('Up goes back to the filters entered before, Down to what was being typed', () => {
    const two = press(watched(), '/', ...'node', 'enter', '/', 'ctrl-u', ...'post', 'enter', 'escape').state;
    const typing = press(two, '/', ...'dock').state;
    expect(press(typing, 'up').state.filter).toBe('post');
    expect(press(typing, 'up', 'up', 'up').state.filter).toBe('node');
    expect(shownPids(press(typing, 'up', 'up').state)).toEqual([1311]);
    expect(press(typing, 'up', 'up', 'down', 'down', 'down').state.filter).toBe('dock');
  });

  it('a number finds the process with that pid', () => {
    expect(shownPids(press(watched(), '/', ...'842', 'enter').state)).toEqual([842]);
    expect(shownPids(press(watched(), '/', ...'4711').state)).toEqual([4711]);
    expect(shownPids(press(watched(), '/', ...'not 842').state)).not.toContain(842);
  });

  it('a measure that the query needs is sampled at once, and for every row', () => {
    const { state, effects } = press(watched(), '/', ...'swap>1m');
    expect(effects).toEqual([{ do: 'sample' }]);
    expect(wantedBy(state)).toMatchObject({ everyMeasure: true });
    expect(wantedBy(state).measures).toContain('swap');
    expect(wantedBy(press(watched(), '/', ...'gc>5').state).gc).toBe(true);
  });

  it('a pattern waits for its engine, and is in force when it is there', () => {
    const { state, effects } = press(watched(), '/', ...'/^NODE s/');
    expect(effects).toEqual([{ do: 'load-regexes' }]);
    const loaded = act(state, { type: 'loaded', regexes: patientRegexes() }).state;
    expect(shownPids(loaded)).toEqual([1311]);
    expect(shownPids(press(loaded, ...' or /^pyth/').state)).toEqual([1311, 9122]);
  });

  it('a bad pattern that was entered before its engine came opens the prompt again', () => {
    const entered = press(watched(), '/', ...'/a(/', 'enter').state;
    expect(entered.mode.kind).toBe('table');
    const { mode, complaint } = act(entered, { type: 'loaded', regexes: patientRegexes() }).state;
    expect([mode.kind, complaint?.at]).toEqual(['filter', 0]);
  });

  it('a slow pattern searches the rest later', () => {
    let time = 0;
    const regexes = openRegexes({ passLasts: 2, longestText: 100, now: () => (time += 1) });
    const state = act(watched(), { type: 'loaded', regexes }).state;
    const typed = press(state, '/', ...'/o/');
    expect([typed.state.isSearching, typed.effects]).toEqual([true, [{ do: 'search-on' }]]);
    let next = typed;
    while (next.state.isSearching) next = act(next.state, { type: 'search-on' });
    expect([shownPids(next.state).sort(), next.effects]).toEqual([[1311, 1502, 842, 9122], []]);
  });

  it('a paste of binary data is a text, whatever is in it', () => {
    const bytes = String.fromCharCode(...Array.from({ length: 4000 }, (_, index) => (index * 7919) % 65_536));
    const { filter } = act(press(watched(), '/').state, { type: 'paste', text: bytes }).state;
    expect(filter).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it('a paste outside of a prompt presses no keys', () => {
    const { state, effects } = act(watched(), { type: 'paste', text: 'qqq' });
    expect(effects).toEqual([]);
    expect(state.notice).toContain('Paste');
  });

  it('u shows one user', () => {
    const state = press(watched(), 'u', 'down', 'down', 'down', 'enter').state;
    expect(state.user).toBe('postgres');
    expect(shownPids(state)).toEqual([842]);
    expect(shownPids(press(state, 'u', 'home', 'enter').state)).toHaveLength(6);
  });

  it('e shows kernel threads too', () => {
    expect(shownPids(press(watched(), 'e').state)).toContain(2);
    expect(shownPids(press(watched(), 'e', 'e').state)).not.toContain(2);
  });

  it('-p shows just these, memtop too', () => {
    expect(shownPids(watched({ pids: new Set([4711, 1, 999]) }))).toEqual([4711, 1]);
  });
});

describe('pause and interval', () => {
  it('z pauses the screen while sampling goes on, and shows the newest when it is resumed', () => {
    const paused = press(watched(), 'z').state;
    const tracker = new Tracker();
    const snapshot = snapshotOf(hundred(), 100);
    const later = act(paused, {
      type: 'sampled',
      view: { snapshot, rows: tracker.advance(snapshot, 2000), tracker },
    }).state;
    expect(shownPids(later)).toHaveLength(6);
    expect(shownPids(press(later, 'z').state)).toHaveLength(100);
  });

  it('d takes an interval with its unit', () => {
    const { state, effects } = press(watched(), 'd', '5', '0', '0', 'm', 's', 'enter');
    expect(state.interval).toBe(500);
    expect(effects).toEqual([{ do: 'resample' }]);
  });

  it.each(['0', '9x', '-1', '1e9', '50ms'])('d refuses %s with a sentence', (text) => {
    const { state, effects } = press(watched(), 'd', ...text, 'enter');
    expect(state.interval).toBe(2000);
    expect(state.notice).toContain(text);
    expect(effects).toEqual([]);
  });
});

describe('the table of keys', () => {
  it.each(KEYS.flatMap(({ keys }) => keys))('%s does something', (key) => {
    const before = press(watched({}, { columns: 80, rows: 24 }, 1, hundred), 'j', '/', 'p', 'enter').state;
    const { state, effects } = press(before, key);
    expect(state !== before || effects.length > 0).toBe(true);
  });

  it.each(['X', 'é', '~', 'f12', 'ctrl-y', 'insert'])('%s, which is not in it, is refused by name', (key) => {
    const { state, effects } = press(watched(), key);
    expect(effects).toEqual([]);
    expect(state.notice).toBe(`No such key: ${keyTitle(key)} (? for help)`);
  });

  it('has no key twice', () => {
    const keys = KEYS.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(['q', 'f10', 'ctrl-c'])('%s quits', (key) => {
    expect(press(watched(), key).effects).toEqual([{ do: 'quit' }]);
  });

  it('Ctrl-C quits from everywhere', () => {
    for (const key of ['/', 'd', '?', 'f6', 'u'])
      expect(press(watched(), key, 'ctrl-c').effects).toEqual([{ do: 'quit' }]);
  });

  it.each(['q', 'escape', 'h', '?', 'x'])('help is closed by %s, and nothing else ends', (key) => {
    const { state, effects } = press(watched(), 'h', key);
    expect([state.mode.kind, effects]).toEqual(['table', []]);
  });

  it.each([
    [80, 24],
    [40, 10],
  ])('help says on its first page at %i×%i how to close it and how to quit, and cuts no key', (columns, rows) => {
    const state = press(watched({}, { columns, rows }), '?').state;
    const page = helpLines(state).slice(0, state.layout.content);
    const text = page.map((line) => line.text).join(' ');
    expect(text).toContain('Press q, Esc or any other key to close this help');
    expect(text).toContain('q quits memtop; Ctrl-C quits everywhere');
    for (const { term } of helpLines(state)) expect(cellWidth(term)).toBeLessThanOrEqual(TERM_WIDTH);
  });

  it('help scrolls and closes with any other key', () => {
    const help = press(watched(), '?', 'down', 'pagedown').state;
    expect(help.mode).toMatchObject({ kind: 'help' });
    expect(press(help, 'x').state.mode.kind).toBe('table');
  });
});
