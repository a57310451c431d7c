import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { description, version } from '../package.json';
import { FLAGS } from '../src/cli/flags.ts';
import { COMMANDS } from '../src/commands/table.ts';
import { perform } from '../src/main.ts';
import { COLUMNS } from '../src/model/columns/columns.ts';
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
    ['--intervall 3', "Unknown option '--intervall'. Did you mean '--interval'?"],
    ['-j', "Unknown option '-j'. Run `memtop --help` for the options."],
    ['--bogus', "Unknown option '--bogus'. Run `memtop --help` for the options."],
    ['line --folow', "Unknown option '--folow'. Did you mean '--follow'?"],
    ['line --sort rss', "Unknown option '--sort'. Run `memtop line --help` for the options."],
    ['line python', '`memtop line` takes options only. Run `memtop line --help` for the options.'],
    ['-d', 'Option -d, --interval <time> needs a value. Run `memtop --help` for the options.'],
    ['-d soon', "Invalid interval 'soon'. Examples: 500ms, 2s, 5m (a bare number is seconds)."],
    ['-d 10ms', "Interval '10ms' is too short. The minimum is 100ms (a bare number is seconds)."],
    ['-d 0', "Interval '0' is too short. The minimum is 100ms (a bare number is seconds)."],
    ['-d 25h', "Interval '25h' is too long. The maximum is 24h."],
    ['-d -1', "Invalid interval '-1'. Examples: 500ms, 2s, 5m (a bare number is seconds)."],
    ['-c pid,rsss', "Unknown column 'rsss'. Did you mean 'rss'?"],
    ['-s rs', "Unknown column 'rs'. Did you mean 'rss'?"],
    ['-s rss:up', "Invalid sort order 'rss:up'. Use rss:asc or rss:desc."],
    ['-o jsn', "Unknown output 'jsn'. Did you mean 'json'?"],
    ['-o pdf', "Unknown output 'pdf'. Use one of: table, json, ndjson, csv."],
    ['-n 0', "Invalid number of samples '0'. Use a whole number of at least 1: -n 3."],
    ['-n 1.5', "Invalid number of samples '1.5'. Use a whole number of at least 1: -n 3."],
    ['--once -n 3', '--once prints one sample, but -n asks for more. Leave out one of them.'],
    ['--for 0.5s', "Invalid time '0.5s' for --for. Use 1s to 24h: 10s, 60s, 5m (a bare number is seconds)."],
    ['--for soon', "Invalid time 'soon' for --for. Use 1s to 24h: 10s, 60s, 5m (a bare number is seconds)."],
    ['--for 10s -n 1', '-n and --for cannot be used together: --for prints once. Leave out one of them.'],
    ['--for 10s -d 1m', 'The interval of 1m is longer than --for 10s. Use a longer --for or a shorter -d.'],
    [
      '--once -s growth',
      'Cannot sort by growth from a single sample. Add --for 60s to sample for a minute and print once.',
    ],
    ['-s pattern', 'Cannot sort by pattern from a single sample. Add --for 60s to sample for a minute and print once.'],
    [
      '-o json growth>1m/min',
      'Cannot filter by growth from a single sample. Add --for 60s to sample for a minute and print once.',
    ],
    [
      '-n 3 -d 2s not eta<1h',
      'Cannot filter by eta from 3 samples in 4s. Leave out -n and add --for 60s to sample for a minute and print once.',
    ],
    ['--for 10s -d 5s -s growth', 'Cannot sort by growth from 3 samples in 10s. Use a longer --for or a shorter -d.'],
    ['--for 2s -s growth', 'Cannot sort by growth from 11 samples in 2s. Use a longer --for or a shorter -d.'],
    [
      'collect growth>1m/min',
      'Cannot filter by growth from a single sample. To find its PID, run memtop --for 60s -s growth.',
    ],
    ['-p x', "Invalid process ID 'x'. Separate several by commas: -p 1,2."],
    ['-p 0', "Invalid process ID '0'. Separate several by commas: -p 1,2."],
    ['-p 1,,2', "Invalid process ID ''. Separate several by commas: -p 1,2."],
    ['--sampler proc', "Unknown sampler 'proc'. Did you mean 'procfs'?"],
  ])('%s', async (line, sentences) => {
    expect(await refusal(line)).toBe(sentences);
  });

  it('is reported without the control characters that were typed', async () => {
    expect(await refusal('-c \u001b[31mzzzzzzzzzzz')).toContain("Unknown column '[31mzzzzzzzzzzz'.");
  });

  it('names the column that was probably meant for every column with a letter missing', async () => {
    for (const { id } of COLUMNS.filter((column) => column.id.length > 4)) {
      expect(await refusal(`-c ${id.slice(0, -1)}`)).toContain(`Did you mean '${id}'?`);
    }
  });
});

describe('a machine that cannot be watched', () => {
  it('is refused when --proc-root is not a proc tree', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'memtop-'));
    try {
      expect(await refusal(`--proc-root ${folder}`)).toMatch(/is not a procfs.*--proc-root/);
      expect(await refusal(`line --proc-root ${folder}`)).toMatch(/is not a procfs/);
      expect(await refusal(`-o json --proc-root ${join(folder, 'missing')}`)).toMatch(/is not a procfs/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is refused when there is a screen but no keyboard', async () => {
    expect(await refusal('', { outputIsTerminal: true })).toBe(
      'stdin is not a terminal. To print one table: memtop --once.',
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

  it('is shown for a command that is named', async () => {
    expect(await help('line', '--help')).toContain('Usage: memtop line');
    expect(await help('--help', 'line')).toContain('Usage: memtop line');
  });

  it('is shown for the word too, alone or before the name of a command', async () => {
    expect(await help('help')).toBe(await help('--help'));
    for (const { name } of COMMANDS) expect(await help('help', name)).toBe(await help(name, '--help'));
  });

  it('has a version next to it', async () => {
    expect(await help('--version')).toBe(`memtop ${version}\n`);
  });
});
