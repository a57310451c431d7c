// Filtering: the text that is typed, the query that is in force, and what a key of the prompt makes of both.
import { clean } from '../model/clean.ts';
import { type Completion, completed, completionOf, turned } from '../model/query/completion.ts';
import { LONGEST_QUERY } from '../model/query/expression.ts';
import { EVERYTHING, type Query, readQuery } from '../model/query/query.ts';
import type { Regexes } from '../model/query/regexes.ts';
import { editedText } from './editing.ts';
import type { Effect } from './effects.ts';
import { commandOf } from './keys.ts';
import { moved } from './moving.ts';
import { arranged, only, type State, type Update } from './state.ts';

/**
 * The state with another text in its filter. Where the text is no query, the one that was in force stays so, and the
 * complaint stands beside the text. Patterns may have to be loaded first, and measures to be read.
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

/** Nothing is left out any more. */
export function unfiltered(state: State): State {
  return arranged({ ...state, filter: '', query: EVERYTHING, complaint: undefined });
}

/** The engine is there: what was typed meanwhile is read with it. */
export function withRegexes(state: State, regexes: Regexes): Update {
  const next = filteredBy({ ...state, regexes }, state.filter);
  // Whoever left the prompt before its pattern could be read has to see what is wrong with it.
  const isBad = next.state.complaint !== undefined && state.mode.kind === 'table';
  return isBad ? { ...next, state: { ...next.state, mode: { kind: 'filter' } } } : next;
}

/** A key while a filter is typed: the table follows each one. */
export function inFilter(state: State, key: string): Update {
  const completion = state.mode.kind === 'filter' ? state.mode.completion : undefined;
  const typing: State = completion === undefined ? state : { ...state, mode: { kind: 'filter' } };
  if (key === 'tab' || key === 'shift-tab') return only(withCompletion(typing, completion, key === 'tab' ? 1 : -1));
  if (key === 'escape') return only({ ...unfiltered(state), mode: { kind: 'table' } });
  if (key === 'enter') return entered(typing, completion);
  const edited = editedText(state.filter, key, LONGEST_QUERY);
  return edited === undefined ? only(navigated(typing, key)) : filteredBy(typing, edited);
}

/** Enter keeps what is in force; what is not understood stays open, with what is wrong. */
function entered(state: State, completion: Completion | undefined): Update {
  const { state: next, effects } = completion === undefined ? only(state) : filteredBy(state, state.filter);
  return { state: next.complaint === undefined ? { ...next, mode: { kind: 'table' } } : next, effects };
}

/** Tab: the name of a column, and with each further press the next one. The table waits for the comparison. */
function withCompletion(state: State, before: Completion | undefined, by: 1 | -1): State {
  const completion = before === undefined ? completionOf(state.filter) : turned(before, by);
  if (completion === undefined) return state;
  const filter = completed(completion, state.filter);
  return { ...state, filter, complaint: undefined, mode: { kind: 'filter', completion } };
}

/** The arrows go on moving the selection while something is typed. */
function navigated(state: State, key: string): State {
  const command = commandOf(key);
  return key.length > 1 && command?.do === 'move' ? moved(state, command.by) : state;
}

/** A paste into the prompt: lines become words, what cannot be shown is left out, and what is too long is refused. */
export function pasted(state: State, text: string): Update {
  const filter = state.filter + clean(text.replace(/\s+/g, ' '));
  if (filter.length <= LONGEST_QUERY) return filteredBy({ ...state, mode: { kind: 'filter' } }, filter);
  return only({
    ...state,
    notice: `that paste is too long: a filter has at most ${LONGEST_QUERY} characters`,
  });
}

/** Whether a query asks for something that the samples so far were not asked for. */
function isMoreWanted(before: Query, after: Query): boolean {
  return [...after.measures].some((measure) => !before.measures.has(measure));
}
