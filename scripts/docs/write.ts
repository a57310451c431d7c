// Writes the generated documents and parts of documents: npm run docs. Tests compare them with the code.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedDocuments } from './documents.ts';

const root = process.cwd();
for (const [path, text] of generatedDocuments(root)) {
  if (readFileSync(join(root, path), 'utf8') === text) continue;
  writeFileSync(join(root, path), text);
  process.stdout.write(`${path}\n`);
}
