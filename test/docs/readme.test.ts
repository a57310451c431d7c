import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withGeneratedParts } from './readme.ts';
import { settingsSchema } from './settings.ts';

it('README has the tables of keys and columns as they are in the code', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  // `npx vitest -u` writes README anew.
  await expect(withGeneratedParts(readme, ['keys', 'columns'])).toMatchFileSnapshot('../../README.md');
});

it('docs/config.md has the table of settings as it is in the code', async () => {
  const document = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');
  await expect(withGeneratedParts(document, ['settings'])).toMatchFileSnapshot('../../docs/config.md');
});

it('the schema that editors read is made from the same table', async () => {
  await expect(settingsSchema()).toMatchFileSnapshot('../../docs/config.schema.json');
});
