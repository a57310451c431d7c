// Builds dist once before the tests, so that those that start memtop start what is in the sources now.

import { buildAll } from '../../scripts/build.js';

export async function setup(): Promise<void> {
  await buildAll();
}
