// Prints "N passed, N failed" from the result files of vitest's JSON reporter; fails when a test or a whole file failed.

import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Results
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{ status: string, assertionResults: unknown[] }[]} testResults one per file
 */

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  try {
    /** @type {Results} */
    const results = JSON.parse(readFileSync(path, 'utf8'));
    passed += results.numPassedTests;
    failed += results.numFailedTests;
    // A file that could not even be loaded has no tests to count.
    failed += results.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length;
  } catch (error) {
    process.stderr.write(`No results: ${error instanceof Error ? error.message : String(error)}\n`);
    failed += 1;
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
