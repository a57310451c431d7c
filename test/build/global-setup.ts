// Builds dist once before the tests, so that those that start memtop start what is in the sources now, and gives them a home.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '../../scripts/build.js';
import { removeFolder } from '../helpers/remove-folder.ts';

/** Returns what is to be done after all tests. */
export async function setup(): Promise<() => void> {
  const home = mkdtempSync(join(tmpdir(), 'memtop-test-home-'));
  process.env['MEMTOP_TEST_HOME'] = home;
  await buildAll();
  return () => removeFolder(home);
}
