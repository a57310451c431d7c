import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../../../src/model/columns/columns.ts';
import {
  DEEPEST,
  type Expression,
  LONGEST_QUERY,
  MOST_CONDITIONS,
  type Operator,
  type Value,
} from '../../../src/model/query/expression.ts';
import { parseQuery } from '../../../src/model/query/parser.ts';
import { printQuery } from '../../helpers/print-query.ts';

const parsed = (text: string) => {
  const result = parseQuery(text);
  if ('complaint' in result) throw new Error(`${text}: ${JSON.stringify(result.complaint)}`);
  return result.expression;
};
const complaint = (text: string) => {
  const result = parseQuery(text);
  if ('complaint' in result) return result.complaint;
  throw new Error(`${text} was understood as ${JSON.stringify(result.expression)}`);
};
const text = (word: string): Expression => ({ kind: 'text', text: word });
/** The canonical text of what was understood. */
const again = (typed: string) => printQuery(parsed(typed) as Expression);

describe('what is understood', () => {
  it('nothing', () => {
    for (const blank of ['', '  ', '\n\t']) expect(parsed(blank)).toBeUndefined();
  });

  it('words side by side must all match, `or` is weaker than they are', () => {
    expect(parsed('a b')).toEqual({ kind: 'and', parts: [text('a'), text('b')] });
    expect(parsed('a b or c')).toEqual({
      kind: 'or',
      parts: [{ kind: 'and', parts: [text('a'), text('b')] }, text('c')],
    });
    expect(parsed('a and b')).toEqual(parsed('a b'));
    expect(parsed('(a b) c')).toEqual(parsed('a b c'));
    expect(parsed('a OR b')).toEqual(parsed('a or b'));
  });

  it('parentheses and not', () => {
    expect(again('(a or b) c')).toBe('(a or b) c');
    expect(again('not(a or b)c')).toBe('not (a or b) c');
    expect(again('not not a')).toBe('not not a');
    expect(again('a or (b or c)')).toBe('a or b or c');
  });

  it('what is quoted is a text, whatever is in it', () => {
    expect(parsed('"or"')).toEqual(text('or'));
    expect(parsed('"a b"')).toEqual(text('a b'));
    expect(parsed('"rss>5"')).toEqual(text('rss>5'));
    expect(parsed('"a\\"b\\\\c\\d"')).toEqual(text('a"b\\c\\d'));
  });

  it('words as commands have them', () => {
    for (const word of [
      'server.js',
      '--port=80',
      '--max-old-space-size=64',
      'NODE_ENV=production',
      'a-b=c',
      '~/x',
      'x/y',
    ]) {
      expect(parsed(word)).toEqual(text(word));
    }
  });

  it('a path is a word, a pattern has a slash at its end', () => {
    expect(parsed('/usr/bin/node')).toEqual(text('/usr/bin/node'));
    expect(parsed('/usr/bin/node /srv')).toEqual({ kind: 'and', parts: [text('/usr/bin/node'), text('/srv')] });
    expect(parsed('/node.*srv/')).toEqual({ kind: 'regex', pattern: 'node.*srv' });
    expect(parsed('/node/i')).toEqual({ kind: 'regex', pattern: 'node' });
    expect(parsed('/a b\\/ [/ ] c/ d')).toEqual({
      kind: 'and',
      parts: [{ kind: 'regex', pattern: 'a b\\/ [/ ] c' }, text('d')],
    });
  });

  it('comparisons, with and without blanks', () => {
    const large = { kind: 'comparison', column: 'rss', operator: '>', values: [{ kind: 'text', text: '500m' }] };
    for (const typed of ['rss>500m', 'rss > 500m', 'RSS> 500m', 'rss >500m']) expect(parsed(typed)).toEqual(large);
    expect(again('pid=1, 2,3')).toBe('pid=1,2,3');
    expect(again('user!=root')).toBe('user!=root');
    expect(again('name~/^no.e/,"a b"')).toBe('name~/^no.e/,"a b"');
    expect(again('command!~"/usr"')).toBe('command!~"/usr"');
    expect(parsed('ls ~/src')).toEqual({ kind: 'and', parts: [text('ls'), text('~/src')] });
  });

  it('every column by its id', () => {
    for (const { id, kind } of COLUMNS) {
      const value = {
        text: 'x',
        number: '5',
        percent: '5%',
        bytes: '5k',
        'bytes-a-second': '5m/s',
        milliseconds: '5m',
      }[kind];
      expect(parsed(`${id}=${value}`)).toMatchObject({ kind: 'comparison', column: id });
    }
  });
});

describe('a syntax error is reported with its position', () => {
  it.each([
    ['rss>', 4, 0, /Incomplete/, /a size/],
    ['rss> node', 5, 4, /Invalid size/, /500m/],
    ['node rsss>5', 5, 4, /Unknown column rsss/, /^rss$/],
    ['wibble=5', 0, 6, /Unknown column wibble/, /quotes/],
    ['(node', 0, 1, /without/, /closing \)/],
    ['node)', 4, 1, /\) without/, /./],
    ['node or', 7, 0, /Incomplete/, /a word/],
    ['or node', 0, 2, /Missing condition/, /a word/],
    ['not', 3, 0, /Incomplete/, /a word/],
    ['()', 1, 1, /Missing condition/, /a word/],
    ['"node', 0, 5, /Missing closing quote/, /"/],
    ['""', 0, 2, /Empty quotes/, /./],
    ['/no(de', 0, 6, /Unterminated/, /closing \//],
    ['//', 0, 2, /Empty pattern/, /pattern/],
    ['user>5', 4, 1, /text/, /= != ~ !~/],
    ['rss~5', 3, 1, /not text/, /</],
    ['rss>1,2', 6, 1, /one value/, /single/],
    ['user=/x/', 5, 3, /pattern/, /~/],
    ['rss>>5', 4, 1, /Unknown operator/, /</],
    ['>5', 0, 2, /No column/, /rss/],
    ['!node', 0, 1, /!/, /not/],
    ['age>5y', 4, 2, /Invalid time/, /10m/],
    ['growth>1m/day', 7, 6, /Invalid rate/, /min/],
    ['cpu>many', 4, 4, /Invalid percentage/, /50/],
  ] as const)('%s', (typed, at, length, message, expected) => {
    expect(complaint(typed)).toEqual({
      ...{ at, length },
      message: expect.stringMatching(message),
      expected: expect.stringMatching(expected),
    });
  });

  it('what is too long, too deep or too much is refused with a sentence', () => {
    expect(complaint('x'.repeat(LONGEST_QUERY + 1)).message).toMatch(/10001 characters/);
    expect(parsed('x'.repeat(LONGEST_QUERY))).toEqual(text('x'.repeat(LONGEST_QUERY)));
    expect(complaint('('.repeat(LONGEST_QUERY)).message).toMatch(/too deeply/);
    expect(complaint('not '.repeat(DEEPEST + 1)).message).toMatch(/too deeply/);
    expect(parsed(`${'('.repeat(DEEPEST)}a${')'.repeat(DEEPEST)}`)).toEqual(text('a'));
    expect(complaint('a '.repeat(MOST_CONDITIONS + 1)).message).toMatch(/Too many/);
    expect(complaint(`name~${'a,'.repeat(MOST_CONDITIONS)}a`).message).toMatch(/Too many/);
    expect(parsed(`pid=${Array.from({ length: 1500 }, (_, index) => index + 1).join(',')}`)).toBeDefined();
  });
});

/** Texts of characters that mean something to the parser, and of any others. */
const piece = fc.oneof(
  fc.constantFrom(
    'rss',
    'user',
    'name',
    'and',
    'or',
    'not',
    '(',
    ')',
    '"',
    '/',
    '\\',
    '[',
    ']',
    '~',
    '!',
    '=',
    '<',
    '>',
    ',',
  ),
  fc.constantFrom(' ', '500m', '1m/min', 'node', '/x/', '\u0000', '\ud800', 'é', '😀', '%', '.*', '*'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const anything = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

const word = fc.oneof(
  fc.constantFrom(
    'node',
    'or',
    'not',
    'rss>5',
    '/usr',
    '~x',
    '!x',
    'a b',
    'x"y',
    'back\\slash',
    'or ',
    '(',
    ',',
    '=5',
    'name',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((each) => each.trim() !== ''),
);
const pattern = fc.constantFrom('a', 'a.*b', '^x y$', '[/ ]', 'a\\/ b', '(a|b)+', 'a/b');
const values = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { minLength: 1, maxLength: 3 });
const textValue = fc.oneof(
  word.map((each): Value => ({ kind: 'text', text: each })),
  pattern.map((each): Value => ({ kind: 'regex', pattern: each })),
);
const comparison = (
  columns: readonly string[],
  operators: readonly Operator[],
  wanted: fc.Arbitrary<readonly Value[]>,
): fc.Arbitrary<Expression> =>
  fc.record({
    kind: fc.constant('comparison' as const),
    column: fc.constantFrom(...columns),
    operator: fc.constantFrom(...operators),
    values: wanted,
  });
const number = (...texts: string[]) => fc.constantFrom(...texts).map((each): Value => ({ kind: 'text', text: each }));
const condition = fc.oneof(
  word.map(text),
  pattern.map((each): Expression => ({ kind: 'regex', pattern: each })),
  comparison(['name', 'user', 'command'], ['~', '!~'], values(textValue)),
  comparison(['name', 'state'], ['=', '!='], values(word.map((each): Value => ({ kind: 'text', text: each })))),
  comparison(
    ['rss', 'swap'],
    ['<', '<=', '>', '>='],
    number('5', '500m', '1.5G', '64KiB').map((value) => [value]),
  ),
  comparison(
    ['growth'],
    ['<', '>'],
    number('1m/min', '-5k/s', '1g/h', '3m').map((value) => [value]),
  ),
  comparison(['pid'], ['=', '!='], values(number('1', '2', '4711'))),
);
/** Expressions as the parser makes them: no part of the same kind as the whole. */
const { tree } = fc.letrec<{ tree: Expression; and: Expression; or: Expression; not: Expression }>((tie) => {
  const parts = (...kinds: fc.Arbitrary<Expression>[]) =>
    fc.array(fc.oneof({ maxDepth: 4 }, condition, ...kinds), { minLength: 2, maxLength: 3 });
  return {
    tree: fc.oneof({ maxDepth: 4 }, condition, tie('and'), tie('or'), tie('not')),
    and: parts(tie('or'), tie('not')).map((each): Expression => ({ kind: 'and', parts: each })),
    or: parts(tie('and'), tie('not')).map((each): Expression => ({ kind: 'or', parts: each })),
    not: tie('tree').map((part): Expression => ({ kind: 'not', part })),
  };
});

/** Each value of a comparison counts. */
function conditionsIn(expression: Expression): number {
  if (expression.kind === 'comparison') return expression.values.length;
  if (expression.kind === 'not') return conditionsIn(expression.part);
  if (expression.kind === 'text' || expression.kind === 'regex') return 1;
  return expression.parts.reduce((sum, part) => sum + conditionsIn(part), 0);
}

describe('for every text', () => {
  it('the parser answers, and a complaint names a place in it', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const result = parseQuery(typed);
        if (!('complaint' in result)) return;
        const { at, length, message, expected } = result.complaint;
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at + length).toBeLessThanOrEqual(typed.length);
        expect(message.length * expected.length).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
  });

  it('what was understood is written and understood again as the same', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const result = parseQuery(typed);
        if ('complaint' in result || result.expression === undefined) return;
        expect(parsed(printQuery(result.expression))).toEqual(result.expression);
      }),
      { numRuns: 1500 },
    );
  });

  it('every query is written so that it is understood as itself', () => {
    fc.assert(
      fc.property(tree, (expression) => {
        // More would be refused.
        fc.pre(conditionsIn(expression) <= MOST_CONDITIONS);
        expect(parsed(printQuery(expression))).toEqual(expression);
      }),
      { numRuns: 500 },
    );
  });
});
