// Conditions that can never be true, judged from their text alone.
import type { Comparison, Expression, Operator } from '../query/expression.ts';
import { readMeasure, readPercentage } from '../query/values.ts';
import type { Term } from '../query/vocabulary.ts';

/** The lowest and the highest value that a name can have. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export type TermOf = (name: string) => (Term & { readonly range?: Range }) | undefined;

/** A part of a condition that can never be true, as text; undefined where all of it can be. */
export function neverIn(expression: Expression, termOf: TermOf): string | undefined {
  return impossible([expression], new Map(), termOf);
}

/** The values that a name can still have, by name and unit. */
interface Span {
  readonly least: number;
  readonly most: number;
  readonly isLeastIn: boolean;
  readonly isMostIn: boolean;
  readonly texts?: ReadonlySet<string>;
  readonly written: readonly string[];
}

type Spans = ReadonlyMap<string, Span>;

/** DecisionNumbers these cannot all be true; an `or` among them needs one part that can. */
function impossible(all: readonly Expression[], before: Spans, termOf: TermOf): string | undefined {
  const spans = new Map(before);
  const choices: (readonly Expression[])[] = [];
  const add = (part: Expression, isNegated: boolean): string | undefined => {
    if (part.kind === 'not') return add(part.part, !isNegated);
    if (part.kind === 'comparison') return narrow(spans, part, isNegated, termOf);
    if (part.kind !== 'and' && part.kind !== 'or') return undefined;
    if ((part.kind === 'and') !== isNegated) return first(part.parts, (each) => add(each, isNegated));
    choices.push(isNegated ? part.parts.map((each) => ({ kind: 'not' as const, part: each })) : part.parts);
    return undefined;
  };
  const own = first(all, (part) => add(part, false));
  if (own !== undefined) return own;
  return first(choices, (parts) => {
    const whys = parts.map((part) => impossible([part], spans, termOf));
    return whys.every((why) => why !== undefined) ? whys[0] : undefined;
  });
}

function first<Part>(parts: readonly Part[], why: (part: Part) => string | undefined): string | undefined {
  for (const part of parts) {
    const found = why(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

const OPPOSITE: Readonly<Record<Operator, Operator>> = {
  ...{ '=': '!=', '!=': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<', '~': '!~', '!~': '~' },
};

/** Takes one comparison into account. */
function narrow(
  spans: Map<string, Span>,
  comparison: Comparison,
  isNegated: boolean,
  termOf: TermOf,
): string | undefined {
  const term = termOf(comparison.column);
  const operator = isNegated ? OPPOSITE[comparison.operator] : comparison.operator;
  if (term === undefined || operator.endsWith('~') || operator === '!=') return undefined;
  const texts = comparison.values.map((value) => (value.kind === 'text' ? value.text : ''));
  const isPercent = texts.every((text) => readPercentage(text) !== undefined) && term.whole !== undefined;
  const key = `${comparison.column}${isPercent ? ' %' : ''}`;
  const before = spans.get(key) ?? { ...startOf(term, isPercent), isLeastIn: true, isMostIn: true, written: [] };
  const written = [...before.written, comparisonText(comparison)];
  const numbers = texts.map((text) => (isPercent ? readPercentage(text) : readMeasure(term.kind, text)) ?? Number.NaN);
  const span = { ...(term.kind === 'text' ? ofTexts(before, texts) : ofNumbers(before, operator, numbers)), written };
  spans.set(key, span);
  return isEmpty(span) ? [...new Set(written)].join(' and ') : undefined;
}

function startOf({ kind, range }: NonNullable<ReturnType<TermOf>>, isPercent: boolean): Range {
  if (isPercent) return { least: 0, most: 100 };
  const isNeverNegative = kind === 'bytes' || kind === 'milliseconds' || kind === 'percent';
  return range ?? { least: isNeverNegative ? 0 : Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
}

function ofTexts(before: Span, texts: readonly string[]): Span {
  const lower = texts.map((text) => text.toLowerCase());
  return { ...before, texts: new Set(lower.filter((text) => before.texts?.has(text) !== false)) };
}

function ofNumbers(before: Span, operator: Operator, numbers: readonly number[]): Span {
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  const isStrict = operator === '<' || operator === '>';
  let span = before;
  const hasTop = operator !== '>' && operator !== '>=';
  if (hasTop && (most < span.most || (most === span.most && isStrict))) span = { ...span, most, isMostIn: !isStrict };
  const hasBottom = operator !== '<' && operator !== '<=';
  if (hasBottom && (least > span.least || (least === span.least && isStrict)))
    span = { ...span, least, isLeastIn: !isStrict };
  return span;
}

function isEmpty({ least, most, isLeastIn, isMostIn, texts }: Span): boolean {
  return least > most || (least === most && !(isLeastIn && isMostIn)) || texts?.size === 0;
}

/** A comparison as it is typed: `available < 25%`. */
export function comparisonText({ column, operator, values }: Comparison): string {
  const texts = values.map((value) => (value.kind === 'text' ? value.text : `/${value.pattern}/`));
  return `${column} ${operator} ${texts.join(', ')}`;
}
