import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withGeneratedParts } from './readme.ts';

it('README has the tables of keys and columns as they are in the code', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  // `npx vitest -u` writes README anew.
  await expect(withGeneratedParts(readme)).toMatchFileSnapshot('../../README.md');
});
