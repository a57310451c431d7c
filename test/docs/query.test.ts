import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { COLUMNS } from '../../src/model/columns/columns.ts';
import { DEEPEST, LONGEST_QUERY, MOST_CONDITIONS } from '../../src/model/query/expression.ts';
import { parseQuery } from '../../src/model/query/parser.ts';
import { queryOf } from '../helpers/queries.ts';

const text = readFileSync(new URL('../../docs/query.md', import.meta.url), 'utf8');
const [, block = ''] = /```query\n([\s\S]*?)```/.exec(text) ?? [];
const examples = block.split('\n').map((line) => line.replace(/ +#.*/, '').trim());

it.each(examples.filter((example) => example !== ''))('the example %s is a query', (example) => {
  expect(queryOf(example).test).toBeDefined();
});

it('every filter of a command line in it is a query', () => {
  const quoted = [...text.matchAll(/^ {4}memtop [^\n]*?'([^'\n]+)'/gm)].map(([, query = '']) => query);
  expect(quoted.length).toBeGreaterThanOrEqual(3);
  for (const query of quoted) expect(parseQuery(query), query).toHaveProperty('expression');
});

it('names every operator and the limits there are', () => {
  for (const limit of [LONGEST_QUERY.toLocaleString('en'), `${MOST_CONDITIONS} conditions`, `${DEEPEST} levels`]) {
    expect(text).toContain(limit);
  }
});

it('lists each column that is not a size in the row of its kind', () => {
  const rows = {
    'bytes-a-second': 'growth',
    milliseconds: 'times',
    percent: 'percentages',
    number: 'numbers',
    text: 'texts',
  };
  for (const { id, kind } of COLUMNS) {
    if (kind === 'bytes') continue;
    const row = text.split('\n').find((line) => line.startsWith(`| ${rows[kind]}`));
    expect(row, id).toMatch(new RegExp(`\\b${id}\\b`));
  }
});
