// Searching without hiding: F3 moves the selection to the first match of a text, `n` to the next, digits to a PID.

import { readQuery } from '../../model/query/query.ts';
import { membersOf } from '../../model/rows/members.ts';
import type { Row } from '../../model/rows/row.ts';
import { existing } from '../../numbers/existing.ts';
import { type Mode, only, type State, type Update } from '../state/state.ts';
import { edited } from './editing.ts';

type Prompt = Mode & { readonly kind: 'search' };

/** Milliseconds after which a digit begins another number. */
const NEXT_DIGIT_WITHIN = 2000;
/** No pid is longer (PID_MAX_LIMIT is 2^22 on Linux, Windows goes up to 2^32). */
const MOST_DIGITS = 10;

/** Opens an empty prompt; Esc restores the current selection. */
export function searchOpened(state: State): State {
  const { cursor, top, anchor } = state;
  return { ...state, mode: { kind: 'search', text: '', caret: 0, from: { cursor, top, anchor } } };
}

/** A key while a text to search for is typed: the selection follows each one. */
export function inSearch(state: State, prompt: Prompt, key: string): Update {
  const { text, caret, from } = prompt;
  if (key === 'escape') return only({ ...state, ...from, mode: { kind: 'table' } });
  if (key === 'enter') return only({ ...state, mode: { kind: 'table' }, search: text });
  if (key === 'f3' || key === 'down') return only(selected(state, matchFrom(state, text, state.cursor + 1)));
  if (key === 'up') return only(selected(state, matchBefore(state, text, state.cursor)));
  const next = edited({ text, caret }, key);
  return next === undefined ? only(state) : only(searched(state, prompt, next.text, next.caret));
}

/** A text is pasted into the prompt. */
export function searched(state: State, prompt: Prompt, text: string, caret: number): State {
  const open: State = { ...state, mode: { ...prompt, text, caret } };
  // From where the search began: further characters narrow it, and do not move on to the next match.
  const line = text.trim() === '' ? undefined : matchFrom(open, text, prompt.from.cursor);
  return line === undefined ? { ...open, ...prompt.from } : selected(open, line);
}

/** `n`: the next match of what was searched for last. */
export function nextMatch(state: State): State {
  const { search } = state;
  if (search.trim() === '') return { ...state, notice: 'No search yet: press F3 to search' };
  const line = matchFrom(state, search, state.cursor + 1);
  const lines = matchesOf(state, search);
  if (line === undefined) return { ...state, notice: `No process shown matches "${search}"` };
  return { ...selected(state, line), notice: `Match ${lines.indexOf(line) + 1} of ${lines.length} for "${search}"` };
}

/** The lines of the rows that match, from the top down. */
export function matchesOf(state: State, text: string): number[] {
  const test = testOf(state, text);
  return state.shown.flatMap((row, line) => (test(row) ? [line] : []));
}

/** The first match on a line or below it, wrapping around. */
function matchFrom(state: State, text: string, line: number): number | undefined {
  const lines = matchesOf(state, text);
  return lines.find((each) => each >= line) ?? lines[0];
}

function matchBefore(state: State, text: string, line: number): number | undefined {
  const lines = matchesOf(state, text);
  return lines.findLast((each) => each < line) ?? lines.at(-1);
}

/** The text parsed as a filter; as a plain part of name or command where it is not a valid filter (yet). */
function testOf({ view, regexes }: State, text: string): (row: Row) => boolean {
  const reading = readQuery(text, regexes);
  if (!('query' in reading) || reading.query.test === undefined || view === undefined) {
    const part = text.toLowerCase();
    return ({ label }) => text.trim() !== '' && label.search.includes(part);
  }
  const { test } = reading.query;
  const moment = { time: view.snapshot.time, timeline: view.tracker.timeline };
  regexes?.startPass();
  return (row) => test(row, moment);
}

function selected(state: State, line: number | undefined): State {
  return line === undefined ? state : { ...state, cursor: line, anchor: 'process' };
}

/** The selection on the pid that the digits make: on that very one, else on the first that begins with them. */
export function jumped(state: State, digit: string, at: number): State {
  const before = state.jump !== undefined && at - state.jump.at <= NEXT_DIGIT_WITHIN ? state.jump.digits : '';
  const digits = (before + digit).replace(/^0+(?=.)/, '').slice(-MOST_DIGITS);
  const line = lineOfPid(state.shown, digits);
  const jump = { digits, at };
  if (line === undefined) return { ...state, jump, notice: `PID ${digits}: no such process in this table` };
  const row = existing(state.shown[line]);
  const notice = `PID ${digits}: ${row.group?.title ?? `${row.label.name} (${row.process.who.pid})`}`;
  return { ...state, jump, notice, cursor: line, anchor: 'process' };
}

function lineOfPid(shown: readonly Row[], digits: string): number | undefined {
  const has = (isIt: (pid: string) => boolean) => {
    const line = shown.findIndex((row) => membersOf(row).some(({ process }) => isIt(`${process.who.pid}`)));
    return line < 0 ? undefined : line;
  };
  const own = shown.findIndex(({ group, process }) => group === undefined && `${process.who.pid}` === digits);
  return own >= 0 ? own : (has((pid) => pid === digits) ?? has((pid) => pid.startsWith(digits)));
}
