// The runtimes whose programs are judged: the supported versions of Node.js, and the Pythons of this machine.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Known, nameOf } from '../../test/fixtures/programs/known/known.ts';
import { nodeOfVersion } from '../../test/helpers/node-versions.ts';

const NODES = [20, 22, 24, 26];
/** From this version on memtop can trim the allocator of a Node process. */
const TRIMS_FROM = 26;
const SYSTEM_PYTHON = '/usr/bin/python3';

export interface Runtime {
  /** Such as `Node 22` or `Python 3.11.2`. */
  readonly name: string;
  readonly runtime: Known['runtime'];
  readonly command: string;
  /** Only for Node.js. */
  readonly major?: number;
  readonly trims: boolean;
}

/** The runtimes of this machine; missing versions of Node.js are installed from npm. */
export function runtimesHere(): Runtime[] {
  const nodes = NODES.map((major): Runtime => {
    const trims = major >= TRIMS_FROM;
    return { name: `Node ${major}`, runtime: 'node', command: nodeOfVersion(major), major, trims };
  });
  return [...nodes, ...pythons().map((command) => pythonOf(command))];
}

/** Each program with each runtime of this machine that can run it, where `only` (a regular expression) finds their names. */
export function onEachRuntime<Program extends Known>(programs: readonly Program[], only = '') {
  const wanted = new RegExp(only);
  return runtimesHere().flatMap((runtime) =>
    programs
      .filter((program) => wanted.test(`${runtime.name} ${nameOf(program)}`) && canRun(runtime, program))
      .map((program) => ({ runtime, program })),
  );
}

function pythons(): string[] {
  const versions = join(homedir(), '.pyenv', 'versions');
  const own = existsSync(versions) ? readdirSync(versions).filter((name) => /^3\.\d+\.\d+$/.test(name)) : [];
  own.sort((one, other) => Number(one.split('.')[1]) - Number(other.split('.')[1]));
  return [...own.map((name) => join(versions, name, 'bin', 'python')), SYSTEM_PYTHON].filter(existsSync);
}

function pythonOf(command: string): Runtime {
  const version = execFileSync(command, ['--version'], { encoding: 'utf8' }).trim();
  return { name: command === SYSTEM_PYTHON ? `${version} (system)` : version, runtime: 'python', command, trims: true };
}

/** Whether the program can run on the runtime. */
function canRun({ runtime, command, major }: Runtime, program: Known): boolean {
  if (program.runtime !== runtime || (major ?? 0) < (program.since ?? 0)) return false;
  if (program.needs === undefined) return true;
  try {
    execFileSync(command, ['-c', `import ${program.needs}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
