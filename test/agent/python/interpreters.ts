// Finds the Python interpreters of this machine, one a minor version; the tests run on each of them.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Interpreter {
  /** The program itself, not a shim. */
  readonly path: string;
  /** Such as 3.11. */
  readonly version: string;
}

const OLDEST = 6;
const NEWEST = 14;

/** The one called python3. Throws with the reason when there is none that the agent supports. */
export function defaultInterpreter(): Interpreter {
  const found = identify('python3');
  if (found === undefined) throw new Error(`These tests need python3, version 3.${OLDEST} or later, on the PATH.`);
  return found;
}

/** python3, python3.6 to python3.14 on the PATH and those of pyenv. Throws when there is no python3. */
export function allInterpreters(): readonly Interpreter[] {
  const found = new Map<string, Interpreter>();
  const first = defaultInterpreter();
  found.set(first.version, first);
  for (const name of [...namesOnPath(), ...pyenvPaths()]) {
    const interpreter = identify(name);
    if (interpreter !== undefined && !found.has(interpreter.version)) found.set(interpreter.version, interpreter);
  }
  return [...found.values()].sort((one, other) => minor(one) - minor(other));
}

export function isAtLeast(interpreter: Interpreter, least: number): boolean {
  return minor(interpreter) >= least;
}

function minor({ version }: Interpreter): number {
  return Number(version.split('.')[1]);
}

function identify(name: string): Interpreter | undefined {
  const question = 'import sys; print(sys.executable); print("%d.%d" % sys.version_info[:2])';
  try {
    const answer = execFileSync(name, ['-I', '-c', question], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [path = '', version = ''] = answer.trim().split('\n');
    const interpreter = { path, version };
    return version.startsWith('3.') && minor(interpreter) >= OLDEST ? interpreter : undefined;
  } catch {
    return undefined;
  }
}

function namesOnPath(): string[] {
  return Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => `python3.${OLDEST + index}`);
}

function pyenvPaths(): string[] {
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  try {
    return readdirSync(versions).map((version) => join(versions, version, 'bin', 'python3'));
  } catch {
    return [];
  }
}
