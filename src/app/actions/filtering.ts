// Filtering: the typed text, the active query, and the keys of the filter prompt.

import { type Completion, completed, completionOf, turned, withOperator } from '../../model/query/completion.ts';
import { LONGEST_QUERY } from '../../model/query/expression.ts';
import { EVERYTHING, type Query, readQuery } from '../../model/query/query.ts';
import type { Regexes } from '../../model/query/regexes.ts';
import { clean } from '../../text/clean.ts';
import type { Effect } from '../state/effects.ts';
import { commandOf } from '../state/key-command.ts';
import { type Mode, only, type State, type Update } from '../state/state.ts';
import { arranged } from '../view/selectors.ts';
import { edited, type Line, lineOfText } from './editing.ts';
import { moved } from './moving.ts';

type Prompt = Mode & { readonly kind: 'filter' };

/** The most earlier filters that Up recalls. */
const MOST_REMEMBERED = 50;

/** Opens the prompt with the active filter, the cursor at its end. */
export function filterOpened(state: State): State {
  return { ...state, mode: { kind: 'filter', caret: state.filter.length } };
}

/**
 * The state with another filter text. Where the text is not a valid query, the active query stays and the error is shown
 * next to the text. The engine for patterns may have to be loaded first, and measures to be read.
 */
export function filteredBy(state: State, filter: string): Update {
  const reading = readQuery(filter, state.regexes);
  if ('needs' in reading) {
    return { state: { ...state, filter, complaint: undefined }, effects: [{ do: 'load-regexes' }] };
  }
  if ('complaint' in reading) return only({ ...state, filter, complaint: reading.complaint });
  const { query } = reading;
  const effects: Effect[] = isMoreWanted(state.query, query) ? [{ do: 'sample' }] : [];
  return { state: arranged({ ...state, filter, query, complaint: undefined }), effects };
}

/** Removes the filter. */
export function unfiltered(state: State): State {
  return arranged({ ...state, filter: '', query: EVERYTHING, complaint: undefined });
}

/** The engine has been loaded: parses what was typed meanwhile. */
export function withRegexes(state: State, regexes: Regexes): Update {
  const next = filteredBy({ ...state, regexes }, state.filter);
  // A prompt that was closed before its pattern could be compiled opens again, to show the error.
  const isBad = next.state.complaint !== undefined && state.mode.kind === 'table';
  return isBad ? { ...next, state: filterOpened(next.state) } : next;
}

/** A key while a filter is typed: the table follows each one. */
export function inFilter(state: State, prompt: Prompt, key: string): Update {
  const { completion, caret } = prompt;
  const line: Line = { text: state.filter, caret };
  switch (key) {
    case 'tab':
    case 'shift-tab':
      return only(withCompletion(state, prompt, key === 'tab' ? 1 : -1));
    case 'escape':
      return only({ ...unfiltered(state), mode: { kind: 'table' } });
    case 'enter':
      return entered(state, completion);
    case 'up':
    case 'down':
      return recalled(state, prompt, key === 'up' ? 1 : -1);
  }
  const next = (completion && withOperator(line.text, caret, key)) ?? edited(line, key, LONGEST_QUERY);
  if (next === undefined) return only(navigated(state, key));
  // Only the cursor has moved: the active query and the error stay.
  if (next.text === line.text && completion === undefined) return only(withCaret(state, next.caret));
  return filteredBy(withCaret(state, next.caret), next.text);
}

/** Enter accepts the filter; with an invalid one the prompt stays open with its error. */
function entered(before: State, completion: Completion | undefined): Update {
  const { state, effects } = completion === undefined ? only(before) : filteredBy(before, before.filter);
  if (state.complaint !== undefined) return { state: withCaret(state, state.filter.length), effects };
  const others = state.filterHistory.filter((each) => each !== state.filter);
  const filterHistory = state.filter.trim() === '' ? others : [...others, state.filter].slice(-MOST_REMEMBERED);
  return { state: { ...state, filterHistory, mode: { kind: 'table' } }, effects };
}

/** Tab: the name of a column, and with each further press the next one. The table waits for the comparison. */
function withCompletion(state: State, { completion: before, caret }: Prompt, by: 1 | -1): State {
  const completion = before === undefined ? completionOf(state.filter, caret) : turned(before, by);
  if (completion === undefined) return state;
  const { text, caret: behind } = completed(completion, state.filter);
  return { ...state, filter: text, complaint: undefined, mode: { kind: 'filter', caret: behind, completion } };
}

/** Up and Down: the filters entered before, and below the newest of them what was being typed. */
function recalled(state: State, { recall }: Prompt, by: 1 | -1): Update {
  const { filterHistory, filter } = state;
  const draft = recall?.draft ?? filter;
  const back = Math.max(0, Math.min((recall?.back ?? 0) + by, filterHistory.length));
  if (back === (recall?.back ?? 0)) return only(state);
  const { text, caret } = lineOfText(back === 0 ? draft : (filterHistory.at(-back) ?? draft));
  return filteredBy({ ...state, mode: { kind: 'filter', caret, recall: { back, draft } } }, text);
}

/** PgUp and PgDn move the selection while the prompt is open. */
function navigated(state: State, key: string): State {
  const command = commandOf(key);
  return key.length > 1 && command?.do === 'move' ? moved(state, command.by) : state;
}

/** A paste into the prompt, at its cursor: line ends become spaces, unprintable characters are dropped, a paste that is too long is refused. */
export function pasted(state: State, { caret }: Prompt, text: string): Update {
  const added = clean(text.replace(/\s+/g, ' '));
  const { filter } = state;
  if (filter.length + added.length > LONGEST_QUERY) {
    return only({ ...state, notice: `Paste too long: the limit is ${LONGEST_QUERY} characters` });
  }
  const pastedInto = filter.slice(0, caret) + added + filter.slice(caret);
  return filteredBy(withCaret(state, caret + added.length), pastedInto);
}

function withCaret(state: State, caret: number): State {
  return { ...state, mode: { kind: 'filter', caret } };
}

/** Whether a query needs measures that were not sampled so far. */
function isMoreWanted(before: Query, after: Query): boolean {
  return [...after.measures].some((measure) => !before.measures.has(measure));
}
