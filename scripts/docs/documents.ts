// The documents that are generated from the code, as a whole or in parts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manualPage } from './manual.ts';
import { withGeneratedParts } from './parts.ts';
import { settingsSchema } from './settings.ts';

/** Documents whose parts between `<!-- NAME:begin -->` and `<!-- NAME:end -->` are generated. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'README.md': ['commands', 'flags', 'keys', 'columns'],
  'ARCHITECTURE.md': ['rooms'],
  'docs/config.md': ['settings'],
  'docs/limits.md': ['limit-fields'],
  'docs/memory.md': ['system-fields'],
};

/** Documents that are generated as a whole. */
const WHOLE: Readonly<Record<string, () => string>> = {
  'man/memtop.1': manualPage,
  'docs/config.schema.json': settingsSchema,
};

/** The names of all parts that are generated. */
export const GENERATED_PARTS: readonly string[] = Object.values(PARTS).flat();

/** The path of each document from the root, and its generated text. */
export function generatedDocuments(root: string): readonly (readonly [path: string, text: string])[] {
  return [
    ...Object.entries(PARTS).map(
      ([path, names]) => [path, withGeneratedParts(readFileSync(join(root, path), 'utf8'), names)] as const,
    ),
    ...Object.entries(WHOLE).map(([path, make]) => [path, make()] as const),
  ];
}
