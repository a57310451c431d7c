import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { description, version } from '../package.json';
import { COMMANDS } from '../src/commands/table.ts';
import { FLAGS } from '../src/config/flags.ts';
import { perform } from '../src/main.ts';
import { COLUMNS } from '../src/model/columns.ts';
import { samplers } from '../src/sampling/samplers.ts';
import { fakeContext } from './helpers/fake-context.ts';

/** What a line that is a mistake says. */
async function refusal(line: string, given = {}): Promise<string> {
  const context = fakeContext(given);
  const error = await perform(line === '' ? [] : line.split(' '), context).catch((thrown) => thrown);
  expect(context.printed).toEqual([]);
  expect(error).toMatchObject({ name: 'UserError', next: expect.stringMatching(/\w.*[.?]$/) });
  return `${error.message} ${error.next}`;
}

describe('a mistake on the command line', () => {
  it.each([
    ['--intervall 3', "There is no flag '--intervall'. Did you mean '--interval'?"],
    ['-j', "There is no flag '-j'. `memtop --help` lists what there is."],
    ['--bogus', "There is no flag '--bogus'. `memtop --help` lists what there is."],
    ['line --folow', "There is no flag '--folow'. Did you mean '--follow'?"],
    ['line --sort rss', "There is no flag '--sort'. `memtop line --help` lists what there is."],
    ['line python', '`memtop line` takes no words, only flags. `memtop line --help` lists what there is.'],
    ['-d', 'The flag -d, --interval <time> needs a value. `memtop --help` lists what there is.'],
    ['-d soon', "'soon' is no interval. Intervals look like 500ms, 2s or 5m; a bare number is seconds."],
    ['-d 10ms', "An interval of '10ms' is too short. The shortest is 100ms; a bare number is seconds."],
    ['-d 0', "An interval of '0' is too short. The shortest is 100ms; a bare number is seconds."],
    ['-d 25h', "An interval of '25h' is too long. The longest is one day, 24h."],
    ['-d -1', "'-1' is no interval. Intervals look like 500ms, 2s or 5m; a bare number is seconds."],
    ['-c pid,rsss', "There is no column 'rsss'. Did you mean 'rss'?"],
    ['-s rs', "There is no column 'rs'. Did you mean 'rss'?"],
    ['-s rss:up', "'rss:up' is no order. Write rss:asc or rss:desc."],
    ['-o jsn', "There is no output 'jsn'. Did you mean 'json'?"],
    ['-o pdf', "There is no output 'pdf'. There are: table, json, ndjson, csv."],
    ['-n 0', "'0' is no number of snapshots. Write a whole number from 1 up: -n 3."],
    ['-n 1.5', "'1.5' is no number of snapshots. Write a whole number from 1 up: -n 3."],
    ['--once -n 3', '--once is one look, and -n asks for more. Leave one of them out.'],
    ['-p x', "'x' is no process id. Process ids are whole numbers with commas between them: -p 1,2."],
    ['-p 0', "'0' is no process id. Process ids are whole numbers with commas between them: -p 1,2."],
    ['-p 1,,2', "'' is no process id. Process ids are whole numbers with commas between them: -p 1,2."],
    ['--sampler proc', "There is no sampler 'proc'. Did you mean 'procfs'?"],
  ])('%s', async (line, sentences) => {
    expect(await refusal(line)).toBe(sentences);
  });

  it('is told without the control characters that were typed', async () => {
    expect(await refusal('-c \u001b[31mzzzzzzzzzzz')).toContain("There is no column '[31mzzzzzzzzzzz'.");
  });

  it('names the column that was probably meant for every column with a letter missing', async () => {
    for (const { id } of COLUMNS.filter((column) => column.id.length > 4)) {
      expect(await refusal(`-c ${id.slice(0, -1)}`)).toContain(`Did you mean '${id}'?`);
    }
  });
});

describe('a machine that cannot be watched', () => {
  it('is refused when --proc-root is no proc tree', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'memtop-'));
    try {
      expect(await refusal(`--proc-root ${folder}`)).toMatch(/is no proc tree.*--proc-root/);
      expect(await refusal(`line --proc-root ${folder}`)).toMatch(/is no proc tree/);
      expect(await refusal(`-o json --proc-root ${join(folder, 'missing')}`)).toMatch(/is no proc tree/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is refused when there is a screen but no keyboard', async () => {
    expect(await refusal('', { outputIsTerminal: true })).toBe(
      'The screen needs a keyboard, and stdin is no terminal. For one table: memtop --once.',
    );
  });
});

describe('the help', () => {
  const help = async (...line: string[]) => {
    const context = fakeContext();
    expect(await perform(line, context)).toBe(0);
    return context.printed.join('');
  };

  it('fits 80 columns, for every command', async () => {
    for (const { name } of COMMANDS) {
      for (const line of (await help(name, '--help')).split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });

  it('lists every column, command, sampler and flag by the words of their tables', async () => {
    const text = (await help('-h')).replace(/\s+/g, ' ');
    expect(text).toContain(description);
    for (const { id, meaning } of COLUMNS) expect(text).toContain(` ${id} ${meaning}`);
    for (const { name, summary } of COMMANDS) expect(text).toContain(` ${name} ${summary}`);
    for (const { name, describe } of samplers) expect(text).toContain(` ${name} ${describe}`);
    for (const name of COMMANDS[0]?.flags ?? []) expect(text).toContain(` ${FLAGS[name].form} ${FLAGS[name].meaning}`);
  });

  it('is asked for of a command by naming it', async () => {
    expect(await help('line', '--help')).toContain('Usage: memtop line');
    expect(await help('--help', 'line')).toContain('Usage: memtop line');
  });

  it('has a version beside it', async () => {
    expect(await help('--version')).toBe(`memtop ${version}\n`);
  });
});
