// An npm package that only one test needs, installed into a folder of its own once.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of that version of it, next to what it needs. */
export function packageFolder(name: string, version: string): string {
  const folder = join(tmpdir(), `memtop-test-packages-${process.geteuid?.()}`, `${name}-${version}`);
  const installed = join(folder, 'node_modules', name);
  if (existsSync(join(installed, 'package.json'))) return installed;
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--silent', `${name}@${version}`];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder });
  return installed;
}
