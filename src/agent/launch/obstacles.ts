// What in a command prevents an agent: then the environment is unchanged, and the user is told why.
import { basename } from 'node:path';

/** A sentence for the user, for each runtime whose agent is blocked. */
export interface Obstacles {
  readonly node?: string;
  readonly python?: string;
}

/** Programs that run others in another root folder and pass the environment on. */
const OTHER_ROOT = /(?:^|[\s/;&|(`'"])(chroot|arch-chroot|schroot|proot|nsenter|bwrap|firejail)(?=[\s;&|)'"]|$)/;
/** Node's permission model (Node.js API, "Permissions"): a file it may not read stops the program at its start. */
const PERMISSION = /(?:^|[\s"'=])(--(?:experimental-)?permission)(?=[\s"']|$)/;
const EVERYTHING = /--allow-fs-read=(?:"|')?\*/;

const SHELL = /^(?:ba|da|k|z|a)?sh$/;
const PACKAGE_MANAGER = /^(?:npm|npx|pnpm|pnpx|yarn|yarnpkg)$/;
const PYTHON = /^python[\d.]*$/;

/** The texts around a command, as they can be read; undefined for what cannot. */
export interface Readable {
  /** The text of a file named in the command, from its beginning. */
  text(path: string): string | undefined;
  /** The text of the file that a command's name leads to. */
  program(name: string): string | undefined;
}

/** Finds what blocks the agents in a command, as far as its words, its scripts and the environment show it. */
export function obstaclesIn(words: readonly string[], nodeOptions: string | undefined, readable: Readable): Obstacles {
  const program = readable.program(words[0] ?? '');
  const shebang = program?.startsWith('#!') === true ? (program.split('\n', 1)[0] ?? '') : '';
  const texts = [words.join(' '), nodeOptions ?? '', ...scripts(words, program, shebang, readable)];
  const node = nodeObstacle(texts);
  const python = pythonObstacle(words) ?? pythonObstacle(shebang.slice(2).trim().split(/\s+/));
  return { ...(node === undefined ? {} : { node }), ...(python === undefined ? {} : { python }) };
}

/** What shells and package managers run. */
function scripts(words: readonly string[], program: string | undefined, shebang: string, readable: Readable): string[] {
  const name = basename(words[0] ?? '');
  const found: (string | undefined)[] = [];
  if (SHELL.test(basename(shebang.slice(2).trim().split(/\s+/).at(-1) ?? ''))) found.push(program);
  if (SHELL.test(name)) found.push(...words.slice(1).map((word) => readable.text(word)));
  if (PACKAGE_MANAGER.test(name)) found.push(readable.text('package.json'));
  return found.filter((text) => text !== undefined);
}

function nodeObstacle(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const root = OTHER_ROOT.exec(text)?.[1];
    if (root !== undefined) {
      return `${root} hides the agent's file from Node.js programs, so they run without an agent. Run memtop inside ${root} instead.`;
    }
    const permission = PERMISSION.exec(text)?.[1];
    if (permission !== undefined && !EVERYTHING.test(text)) {
      return `${permission} blocks the agent, so Node.js programs run without one. To allow it, add --allow-fs-read=* --allow-fs-write=* (and --allow-net, from Node 25 on).`;
    }
  }
  return undefined;
}

/** -I and -E ignore PYTHONPATH, -S runs no sitecustomize (python(1)). */
function pythonObstacle(words: readonly string[]): string | undefined {
  const start = words.findIndex((word) => PYTHON.test(basename(word)));
  if (start < 0 || words.slice(0, start).some((word) => basename(word) !== 'env')) return undefined;
  for (let index = start + 1; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!/^-[A-Za-z]/.test(word)) return undefined;
    const letters = /^[^cmWX]*/.exec(word.slice(1))?.[0] ?? '';
    const switched = /[ISE]/.exec(letters)?.[0];
    if (switched !== undefined) {
      return `${basename(words[start] ?? '')} -${switched} blocks the agent, so it runs without one. Omit -${switched} to allow it.`;
    }
    if (/[cm]/.test(word)) return undefined;
    if (/[WX]$/.test(word)) index += 1;
  }
  return undefined;
}
