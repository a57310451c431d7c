// Names the tests that failed, and those that needed a second try, then prints "N passed, N failed", from the result files
// of vitest's JSON reporter; exits with 1 when a test or a whole file failed. Results of a file in a later argument
// replace those in an earlier one; an argument that ends in "-again.json" need not exist.
// With --failed-files it prints the paths of the files that failed, a line each, and exits with 0.

import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Test
 * @property {string} fullName
 * @property {string} status
 * @property {string[] | undefined} failureMessages of all its tries
 * @typedef {object} TestFile
 * @property {string} name its absolute path
 * @property {string} status
 * @property {string} message why it could not be loaded
 * @property {Test[]} assertionResults
 */

/** @type {(path: string) => TestFile[]} */
const filesIn = (path) => JSON.parse(readFileSync(path, 'utf8')).testResults;

/** @type {(text: string | undefined) => string} */
const firstLines = (text) =>
  stripVTControlCharacters(text ?? '')
    .split('\n')
    .slice(0, 3)
    .map((line) => line.slice(0, 300))
    .join(' | ');

/** @type {(file: TestFile) => boolean} */
const isFailed = (file) => file.status === 'failed';

/** @param {string[]} paths */
const count = (paths) => {
  let failed = 0;
  /** @type {Map<string, TestFile>} */
  const files = new Map();
  for (const path of paths) {
    if (path.endsWith('-again.json') && !existsSync(path)) continue;
    try {
      for (const file of filesIn(path)) {
        const earlier = files.get(file.name);
        if (earlier) print('failed at first', earlier, (test) => test.status === 'failed');
        files.set(file.name, file);
      }
    } catch (error) {
      process.stdout.write(`FAILED: no results: ${error instanceof Error ? error.message : String(error)}\n`);
      failed += 1;
    }
  }

  let passed = 0;
  for (const file of files.values()) {
    const failedTests = file.assertionResults.filter((test) => test.status === 'failed').length;
    passed += file.assertionResults.filter((test) => test.status === 'passed').length;
    failed += failedTests;
    print('passed at a later try', file, (test) => test.status === 'passed' && (test.failureMessages ?? []).length > 0);
    print('FAILED', file, (test) => test.status === 'failed');
    if (isFailed(file) && failedTests === 0) {
      process.stdout.write(`FAILED: ${relative('.', file.name)}: ${firstLines(file.message)}\n`);
      failed += 1;
    }
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
};

/**
 * @param {string} what
 * @param {TestFile} file
 * @param {(test: Test) => boolean} isMeant
 */
function print(what, file, isMeant) {
  for (const test of file.assertionResults.filter(isMeant)) {
    const reason = firstLines(test.failureMessages?.[0]);
    process.stdout.write(`${what}: ${relative('.', file.name)}: ${test.fullName}: ${reason}\n`);
  }
}

const paths = process.argv.slice(2);
if (paths[0] === '--failed-files') {
  for (const file of paths.slice(1).flatMap(filesIn).filter(isFailed))
    process.stdout.write(`${relative('.', file.name)}\n`);
} else count(paths);
