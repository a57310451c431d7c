import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KNOWN_HOLDERS } from '../fixtures/leaks/known-holders.ts';
import { nameOf } from '../fixtures/programs/known/known.ts';
import { KNOWN_LEAKS } from '../fixtures/programs/known/known-leaks.ts';
import { KNOWN_PROGRAMS } from '../fixtures/programs/known/known-programs.ts';

const DOCUMENT = readFileSync(new URL('../../docs/collect.md', import.meta.url), 'utf8');
const FOLDER = new URL('../fixtures/programs/known/', import.meta.url);

it('there are 60 programs of known truth and 16 for the leak test or more, each with its reason', () => {
  expect(KNOWN_PROGRAMS.length).toBeGreaterThanOrEqual(60);
  expect(KNOWN_LEAKS.length).toBeGreaterThanOrEqual(16);
  for (const program of [...KNOWN_PROGRAMS, ...KNOWN_LEAKS]) {
    expect(existsSync(new URL(`${program.runtime}/${program.file}`, FOLDER)), nameOf(program)).toBe(true);
    expect(program.accepted.length, nameOf(program)).toBeGreaterThan(0);
    expect(program.accepted.length, nameOf(program)).toBeLessThan(4);
    expect(program.why, nameOf(program)).not.toBe('');
  }
});

it('no program is in a table twice', () => {
  for (const table of [KNOWN_PROGRAMS, KNOWN_LEAKS]) {
    const names = table.map((program) => `${program.runtime} ${nameOf(program)}`);
    expect(new Set(names).size).toBe(names.length);
  }
});

it('14 programs or more are set aside, and no rule is tuned on them', () => {
  expect(KNOWN_PROGRAMS.filter(({ aside }) => aside).length).toBeGreaterThanOrEqual(14);
});

it('the measured tables name each of the programs, with what is accepted of it', () => {
  // `npm run bench -- verdicts` and `npm run bench -- leaks` write them.
  for (const program of [...KNOWN_PROGRAMS, ...KNOWN_LEAKS]) {
    const mark = program.aside === true ? ' (set aside)' : '';
    expect(DOCUMENT).toContain(`| \`${nameOf(program)}\`${mark} | ${program.accepted.join(', ')} | ${program.why} |`);
  }
});

it('20 leaks of Node and 20 of Python have a known holder, and the measured tables name each of them', () => {
  // `npm run bench -- holders` writes them.
  for (const runtime of ['node', 'python'] as const) {
    const programs = KNOWN_HOLDERS.filter((program) => program.runtime === runtime);
    expect(new Set(programs.map(({ file }) => file)).size).toBe(20);
    for (const { file, container, allocates, why } of programs) {
      expect(existsSync(new URL(`../fixtures/leaks/${runtime}/${file}`, import.meta.url)), file).toBe(true);
      const named = container === undefined ? 'none' : `\`${container}\``;
      expect(DOCUMENT).toContain(`| \`${file}\` | ${named} | \`${allocates}\` | ${why} |`);
    }
  }
});
