// Programs that come as binaries in npm packages; installed into a cache folder once.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CACHE = join(tmpdir(), `memtop-test-binaries-${process.geteuid?.()}`);

/** The path of a file of a package. */
export function npmBinary(packageName: string, file: string): string {
  const prefix = join(CACHE, packageName.replace(/\W+/g, '-'));
  const binary = join(prefix, 'node_modules', packageName, file);
  if (existsSync(binary)) return binary;
  mkdirSync(prefix, { recursive: true });
  const args = ['install', '--prefix', prefix, '--no-audit', '--no-fund', '--silent', '--ignore-scripts', packageName];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: prefix });
  return binary;
}
