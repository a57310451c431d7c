// Adds one thing of each kind in a copy of the tree, runs the types and the tests that matter, and prints how many files of
// src were touched. Fails when one does not work, or when the table in ARCHITECTURE.md has another number.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RECIPES } from './touched/recipes.js';

/** @import { Edit, Recipe } from './touched/recipes.js' */

const ROOT = join(import.meta.dirname, '..');
const COPIED = ['src', 'bin', 'scripts', 'bench', 'test', 'docs', 'man', 'package.json', 'tsconfig.json', 'knip.json'];
const MORE = ['vitest.config.ts', 'vitest.machine.config.ts', 'README.md', 'ARCHITECTURE.md', 'SECURITY.md', 'LICENSE'];

/** @param {string} copy */
const makeCopy = (copy) => {
  for (const name of [...COPIED, ...MORE]) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
};

/**
 * @param {string} copy
 * @param {Edit} edit
 */
const apply = (copy, { file, create, at = '', before = '', after = '' }) => {
  const path = join(copy, file);
  if (create !== undefined) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, create);
    return;
  }
  const text = readFileSync(path, 'utf8');
  const parts = text.split(at);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${at}`);
  writeFileSync(path, parts.join(before + at + after));
};

/**
 * Runs a program of node_modules in the copy. Returns its output when it failed.
 * @param {string} copy
 * @param {string[]} words
 */
const failureOf = (copy, words) => {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', ...words], { cwd: copy, encoding: 'utf8' });
  return status === 0 ? undefined : `${words.join(' ')}:\n${stdout}${stderr}`;
};

/**
 * The files of src that a recipe touches; tests, documents and generated files are not counted.
 * @param {Recipe} recipe
 * @returns {number}
 */
const countOf = ({ edits }) =>
  new Set(edits.map(({ file }) => file).filter((file) => /^(?:src|bin)\//.test(file))).size;

/**
 * The numbers in the table of ARCHITECTURE.md: `| a key | 1 | …`.
 * @param {string} what
 */
const statedOf = (what) => {
  const line = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`| ${what} |`));
  return line === undefined ? undefined : Number(line.split('|')[2]);
};

/**
 * @param {Recipe} recipe
 * @returns {string | undefined} why it does not work
 */
const tried = (recipe) => {
  const copy = mkdtempSync(join(tmpdir(), 'memtop-touched-'));
  try {
    makeCopy(copy);
    for (const edit of recipe.edits) apply(copy, edit);
    return failureOf(copy, ['tsc', '-p', '.']) ?? failureOf(copy, ['vitest', 'run', ...recipe.tests]);
  } finally {
    rmSync(copy, { recursive: true });
  }
};

const only = process.argv[2];
for (const recipe of RECIPES.filter(({ what }) => only === undefined || what.includes(only))) {
  const failure = tried(recipe);
  const count = countOf(recipe);
  const stated = statedOf(recipe.what);
  process.stdout.write(`${String(count).padStart(3)}  ${recipe.what}\n`);
  if (failure !== undefined) process.stderr.write(`It does not work: ${failure}\n`);
  if (stated !== count) process.stderr.write(`ARCHITECTURE.md says ${stated ?? 'nothing'} for ${recipe.what}.\n`);
  if (failure !== undefined || stated !== count) process.exitCode = 1;
}
