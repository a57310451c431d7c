import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { GENERATED_PARTS, generatedDocuments } from '../../scripts/docs/documents.ts';
import { SHELLS } from '../../src/commands/completion/shells.ts';

const ROOT = join(import.meta.dirname, '../..');

it.each(generatedDocuments(ROOT))('%s is as the code makes it: npm run docs writes it', (path, text) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
});

it('README says how each shell loads its completions, and names no other', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const named = [...readme.matchAll(/memtop completion ([a-z]+)/g)].map(([, shell]) => shell);
  expect(named).toEqual([...SHELLS]);
});

it('every generated part of a document is compared with the code', () => {
  const compared = [...GENERATED_PARTS, 'dashboard'];
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
