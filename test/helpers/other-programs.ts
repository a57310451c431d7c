// Programs that tests of this machine need besides npm's packages: found, installed where they can be, or named.
import { execFileSync } from 'node:child_process';

/**
 * Whether a program is there, after installing its package where this is a Debian and we are root. Where it is not,
 * the reason is printed, and the tests that need it are to be skipped.
 */
export function hasProgram(name: string, packageName: string = name): boolean {
  if (isFound(name)) return true;
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env, stdio: 'ignore', timeout: 240_000 } as const;
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', packageName], options);
  } catch {
    // Reported below: there is no apt-get, it needs root, or it finds no such package.
  }
  const found = isFound(name);
  if (!found)
    process.stderr.write(
      `Skipped: ${name} is not there, and could not be installed (apt-get install ${packageName}).\n`,
    );
  return found;
}

function isFound(name: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
