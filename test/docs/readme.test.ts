import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SHELLS } from '../../src/commands/completion/shells.ts';
import { withGeneratedParts } from './readme.ts';
import { settingsSchema } from './settings.ts';

it('README has the tables of commands, flags, keys and columns as they are in the code', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  await expect(withGeneratedParts(readme, ['commands', 'flags', 'keys', 'columns'])).toMatchFileSnapshot(
    '../../README.md',
  );
});

it('README says how each shell loads its completions, and names no other', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const named = [...readme.matchAll(/memtop completion ([a-z]+)/g)].map(([, shell]) => shell);
  expect(named).toEqual([...SHELLS]);
});

it('docs/config.md has the table of settings as it is in the code', async () => {
  const document = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');
  await expect(withGeneratedParts(document, ['settings'])).toMatchFileSnapshot('../../docs/config.md');
});

it.each([
  ['limits', ['limit-fields']],
  ['memory', ['system-fields']],
] as const)('docs/%s.md has the fields of JSON about the machine as they are in the code', async (name, parts) => {
  const path = `../../docs/${name}.md`;
  const document = readFileSync(new URL(path, import.meta.url), 'utf8');
  await expect(withGeneratedParts(document, parts)).toMatchFileSnapshot(path);
});

it('the schema that editors read is made from the same table', async () => {
  await expect(settingsSchema()).toMatchFileSnapshot('../../docs/config.schema.json');
});

it('every generated part of a document is compared with the code', () => {
  const compared = [
    'rooms',
    'commands',
    'flags',
    'keys',
    'columns',
    'settings',
    'dashboard',
    'limit-fields',
    'system-fields',
  ];
  const documents = [
    'README.md',
    'ARCHITECTURE.md',
    ...readdirSync(new URL('../../docs/', import.meta.url)).map((name) => `docs/${name}`),
  ];
  const parts = documents
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => [
      ...readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8').matchAll(/<!-- ([\w-]+):begin -->/g),
    ])
    .map(([, part]) => part);
  expect(parts.sort()).toEqual(compared.sort());
});
