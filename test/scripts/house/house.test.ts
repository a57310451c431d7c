// The check of the house on a small tree that breaks each rule in turn.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkHouse } from '../../../scripts/house/house.js';

const NOTHING_ALLOWED = { longFiles: {}, sharedNames: {}, testOnly: {} };

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'memtop-house-'));
  write('scripts/house/allowed.json', JSON.stringify(NOTHING_ALLOWED));
  write('scripts/house/words.json', '[]');
  write('src/main.ts', '// The entry.\n');
});

afterEach(() => rmSync(root, { recursive: true }));

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const allow = (allowed: object) =>
  write('scripts/house/allowed.json', JSON.stringify({ ...NOTHING_ALLOWED, ...allowed }));

const failures = () => checkHouse(root).failures;

describe('the check of the house', () => {
  test('prints files and lines for each folder of src and their sums, and passes a tree that keeps the rules', () => {
    write('src/model/row.ts', 'export type Row = { rss: number };\nexport const none = 0;\n');
    write(
      'src/model/query/parser.ts',
      "import type { Row } from '../row.ts';\nexport type Test = (row: Row) => boolean;\n",
    );
    expect(checkHouse(root)).toEqual({
      table:
        'files   lines  folder\n' +
        '    1       1  src\n' +
        '    1       2  src/model\n' +
        '    1       2  src/model/query\n' +
        '    3       5  src, whole\n',
      failures: [],
      pending: [],
    });
  });

  test('fails on a folder of more than 20 files, and passes one of 20', () => {
    for (let file = 1; file <= 20; file += 1) write(`src/model/part-${file}.ts`, '');
    expect(failures()).toEqual([]);
    write('src/model/part-21.ts', '');
    expect(failures()).toEqual([
      'src/model has 21 files, more than 20: give what belongs together a folder of its own.',
    ]);
  });

  test('fails on a cast of a value at an index, but in the file that is there for it', () => {
    write('src/numbers/existing.ts', 'return values[index] as number;\n');
    write(
      'src/model/row.ts',
      '// The sum.\nconst sum = (values[0] as number) + 1;\nconst last = rows.at(-1) as Row;\n',
    );
    write(
      'src/model/flag.ts',
      'const text = flags[name] as string | undefined;\nconst all = [first, last] as const;\n',
    );
    expect(failures()).toEqual([
      'src/model/row.ts:2: write existing(…) of src/numbers/existing.ts in place of the cast.',
      'src/model/row.ts:3: write existing(…) of src/numbers/existing.ts in place of the cast.',
    ]);
  });

  test('fails on a write to a field of a group outside the one file that the group names', () => {
    write(
      'src/model/row.ts',
      'export class Row {\n  pid = 1;\n\n  // Written by stat.ts.\n  /** Bytes. */\n  rss = 0;\n  peak?: number;\n\n  // Written by ../tick.ts.\n  age = 0;\n}\n',
    );
    const importing = (text: string, from = './row.ts') => `import type { Row } from '${from}';\n${text}`;
    write('src/model/stat.ts', importing('row.rss = 1;\nrow.peak ??= row.rss;\nif (row.age === 2) row.pid = 4;\n'));
    write('src/tick.ts', importing('row.age++;\n', './model/row.ts'));
    expect(failures()).toEqual([]);
    write('src/model/stat.ts', importing('row.rss += 1;\nrow.age++;\nconst isOld = row.age >= 3;\n'));
    write('src/other.ts', 'row.age = 7;\n');
    expect(failures()).toEqual([
      'src/model/stat.ts:3: only src/tick.ts writes age of src/model/row.ts.',
      'src/model/row.ts: peak is said to be written by src/model/stat.ts, which does not write it.',
    ]);
  });

  test('fails on a function of src that only tests use, unless it is listed with a reason', () => {
    write('src/model/row.ts', 'export const used = 1;\nexport function tested() {}\nexport function both() {}\n');
    write('src/model/sum.ts', "import { both } from './row.ts';\nexport const sum = both() + used;\n");
    write('test/model/row.test.ts', 'tested(both());\n');
    expect(failures()).toEqual(['src/model/row.ts: only tests use tested: it belongs into test.']);
    allow({ testOnly: { tested: 'For later.' } });
    expect(failures()).toEqual([]);
  });

  test('fails on the front door of a room that does something and has no test', () => {
    write('src/model/row/row.ts', 'export function sum() {}\n');
    write('src/model/query/query.ts', 'export type Query = string;\nexport const NONE = 0;\n');
    write('src/model/query/other.ts', 'export function other() {}\n');
    expect(failures()).toEqual([
      'src/model/row/row.ts is the front door of its room and has no test/model/row/row.test.ts.',
    ]);
    write('test/model/row/row.test.ts', '');
    expect(failures()).toEqual([]);
  });

  test('fails on a file of more than 250 lines, unless it is listed with a reason', () => {
    write('src/columns.ts', '\n'.repeat(250));
    expect(failures()).toEqual([]);
    write('src/columns.ts', '\n'.repeat(251));
    expect(failures()).toEqual([expect.stringMatching(/^src\/columns\.ts has 251 lines/)]);
    allow({ longFiles: { 'src/columns.ts': 'A table.' } });
    expect(failures()).toEqual([]);
  });

  test('fails on a name that two files export, whatever kind of declaration it is', () => {
    write('src/a.ts', 'export const one = 1, { two } = { two: 2 };\nexport type Three = 3;\nexport class Four {}\n');
    write(
      'src/b.ts',
      'export function one() {}\nexport interface Three {}\nconst two = 2, Four = 4;\nexport { two, Four };\n',
    );
    expect(failures().map((line) => line.split(' is exported from ')[0])).toEqual(['one', 'two', 'Three', 'Four']);
    expect(failures()).toContain('one is exported from src/a.ts and src/b.ts: say in the name which one it is.');
  });

  test('passes a name that one file exports in several forms, and one that others only import', () => {
    write('src/a.ts', 'export type Kind = 1 | 2;\nexport const Kind = { one: 1 };\n');
    write('src/b.ts', "import { Kind } from './a.ts';\nconst Other = Kind;\nexport const b = () => Other;\n");
    expect(failures()).toEqual([]);
  });

  test('passes at most six names with two owners, each listed with its reason', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const exported = (some: string[]) => some.map((name) => `export const ${name} = 1;\n`).join('');
    const listed = (some: string[]) => ({ sharedNames: Object.fromEntries(some.map((name) => [name, 'Because.'])) });
    for (const file of ['src/a.ts', 'src/b.ts']) write(file, exported(names.slice(0, 6)));
    allow(listed(names.slice(0, 6)));
    expect(failures()).toEqual([]);
    for (const file of ['src/a.ts', 'src/b.ts']) write(file, exported(names));
    allow(listed(names));
    expect(failures()).toEqual(['allowed.json lists more than 6 names with two owners.']);
  });

  test('fails on rooms that import each other by way of a third, and names them', () => {
    write('src/model/rows/row.ts', "import '../history/stored-history.ts';\n");
    write('src/model/history/stored-history.ts', "export const load = () => import('../growth/rise.ts');\n");
    write('src/model/growth/rise.ts', "import type {} from '../rows/tracker.ts';\n");
    write('src/model/rows/tracker.ts', '');
    write('src/text/format.ts', '');
    write('src/model/growth/theil-sen.ts', "import '../../text/format.ts';\n");
    expect(failures()).toEqual(['src/model/growth, src/model/history, src/model/rows import one another in a circle.']);
  });

  test('fails on a word of the list wherever people write, across the lines of a comment too', () => {
    const words = [{ not: 'in lieu of', write: 'instead of', why: 'not in use' }];
    write('scripts/house/words.json', JSON.stringify(words));
    write('src/main.ts', '// It failed, in\n// lieu of memory.\n');
    write('docs/oom.md', '# Kills\n\nIn Lieu of memory.\n');
    write('README.md', 'in lieu of anything\n');
    write('test/x.test.ts', "test('in lieu of a test', () => {});\n");
    expect(failures()).toEqual([
      'src/main.ts:1: "in // lieu of": write instead of (not in use)',
      'test/x.test.ts:1: "in lieu of": write instead of (not in use)',
      'docs/oom.md:3: "In Lieu of": write instead of (not in use)',
      'README.md:1: "in lieu of": write instead of (not in use)',
    ]);
  });

  test('leaves words alone in fixtures, in the history of changes and inside other words', () => {
    const words = [
      { not: 'methinks', write: 'I think', why: 'not in use' },
      { not: 'WIGHT', write: 'PERSON', why: 'of what?' },
    ];
    write('scripts/house/words.json', JSON.stringify(words));
    write('src/main.ts', '// Methinksing wights_methinks: a wight, a Wight.\n');
    write('test/fixtures/proc/1/comm', 'methinks\n');
    write('CHANGELOG.md', 'methinks\n');
    expect(failures()).toEqual([]);
  });

  test('matches the pattern of a word, not only the word', () => {
    const words = [{ not: 'wight', pattern: 'wight (?:reads|said)', write: 'no process', why: 'no person' }];
    write('scripts/house/words.json', JSON.stringify(words));
    write('src/main.ts', '// The user wight.\n// What a wight\n//   reads.\n');
    expect(failures()).toEqual(['src/main.ts:2: "wight // reads": write no process (no person)']);
  });

  test('does not fail for words that are still to be replaced, and lists their places', () => {
    const words = [{ not: 'methinks', write: 'I think', why: 'not in use', pending: true }];
    write('scripts/house/words.json', JSON.stringify(words));
    write('docs/a.md', 'methinks and methinks\n');
    const place = 'docs/a.md:1: "methinks": write I think (not in use)';
    expect(checkHouse(root)).toMatchObject({ failures: [], pending: [place, place] });
  });

  test('fails on an exception that nothing needs any more', () => {
    allow({ longFiles: { 'src/main.ts': 'A table.' }, sharedNames: { Row: 'Its owner.' } });
    expect(failures()).toEqual([
      'src/main.ts has 250 lines or fewer: remove it from allowed.json.',
      'Row has one owner now: remove it from allowed.json.',
    ]);
  });
});
