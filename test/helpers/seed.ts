// Before the tests of each file: properties of fast-check are tried on the same values in every run, so that a test that
// fails does so because of what was changed. `MEMTOP_SEED=random npm test`, or a number, tries others.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

const SEED = 20_261_128;

const given = process.env['MEMTOP_SEED'];
const { testPath } = expect.getState();
// Loading it takes a while: only where it is used.
if (given !== 'random' && testPath !== undefined && readFileSync(testPath, 'utf8').includes("from 'fast-check'")) {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ seed: given === undefined ? SEED : Number(given) });
}
