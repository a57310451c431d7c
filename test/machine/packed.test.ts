// The package as a user gets it: packed, installed elsewhere, and started by every version of Node.js it is meant for.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder } from '../helpers/remove-folder.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'memtop-packed-'));
const clean = { ...process.env, npm_config_update_notifier: 'false', npm_config_loglevel: 'warn', NODE_OPTIONS: '' };

let tarball = '';

beforeAll(async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, env: clean });
  // What prepack prints comes before the document.
  const [packed] = JSON.parse(stdout.slice(stdout.search(/^\[/m))) as { filename: string; files: { path: string }[] }[];
  if (packed === undefined) throw new Error(`npm pack said: ${stdout}`);
  tarball = join(folder, packed.filename);
});

afterAll(() => removeFolder(folder));

/** The folder with the node of a version, from the package that carries its binary. */
async function nodeFolder(version: string): Promise<string> {
  if (process.version.startsWith(`v${version}.`)) return dirname(process.execPath);
  const place = join(folder, `node-${version}`);
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), '{}');
  await run('npm', ['install', '--no-save', `node-${process.platform}-${process.arch}@${version}`], {
    cwd: place,
    env: clean,
  });
  return join(place, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
}

describe.each(['20', '22', '24', '26'])('installed with Node.js %s', (version) => {
  const prefix = join(folder, `prefix-${version}`);
  let env: NodeJS.ProcessEnv = clean;

  beforeAll(async () => {
    env = { ...clean, PATH: `${await nodeFolder(version)}${delimiter}${process.env['PATH']}`, HOME: folder };
  });

  it('it installs without a warning', async () => {
    const { stderr } = await run('npm', ['install', '--global', '--prefix', prefix, tarball], { cwd: folder, env });
    expect(stderr.replace(/^npm warn Unknown (?:user|env|builtin|global) config.*\n/gm, '')).toBe('');
    expect(readdirSync(join(prefix, 'lib/node_modules/memtop/dist'))).toContain('THIRD-PARTY-LICENSES.txt');
  });

  it('it prints its version and a table, and nothing on stderr', async () => {
    const memtop = join(prefix, 'bin/memtop');
    const { version: own } = (await import('../../package.json')).default;
    expect(await run(memtop, ['--version'], { env })).toEqual({ stdout: `memtop ${own}\n`, stderr: '' });
    const { stdout, stderr } = await run(memtop, ['--once'], { env });
    expect(stdout).toMatch(/^Mem[\s\S]*PID.*RSS.*COMMAND/);
    expect(stderr).toBe('');
  });

  it('the portable sampler finds its packages', async () => {
    const memtop = join(prefix, 'bin/memtop');
    const { stdout, stderr } = await run(memtop, ['--once', '--sampler', 'portable', '-o', 'json'], { env });
    expect(JSON.parse(stdout).processes.length).toBeGreaterThan(1);
    expect(stderr).toBe('');
  });
});
