// memtop run becomes the program where Node.js can do that (execve(2)), so that no process of memtop's stays above it. A failed
// execve would end this process with a core dump, so whatever can make it fail is checked first.
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { isExecutable } from './program-file.ts';

/** What Node.js 22.15, 23.11 and later have. */
export type Execve = (file: string, args: readonly string[], environment: NodeJS.ProcessEnv) => never;

/** Scripts whose interpreter is a script: Linux follows five, in fs/binfmt_script.c and fs/exec.c. */
const MOST_INTERPRETERS = 4;
/** Bytes of a file that are read: its headers are there. */
const HEAD = 4096;
/** Bytes of arguments and environment: Linux takes at least this, execve(2). */
const MOST_BYTES = 128 * 1024;

const EXECUTABLE_AND_LINKING = 0x7f454c46;
const IS_64_BIT = 2;
const IS_LITTLE_ENDIAN = 1;
const PT_INTERP = 3;

/** The function, where this Node.js has it and this process may use it. */
export function execveHere(): Execve | undefined {
  const { execve, permission, channel, platform } = process as NodeJS.Process & {
    execve?: Execve;
    permission?: unknown;
  };
  if (platform !== 'linux' || permission !== undefined || channel !== undefined) return undefined;
  return execve?.bind(process);
}

/**
 * Whether execve(2) would succeed, as far as that can be checked.
 *
 * @param file as execve(2) takes it: a path, not a name to be found in PATH
 */
export function canBecome(file: string, words: readonly string[], environment: NodeJS.ProcessEnv): boolean {
  const texts = [...words, ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 9, 0);
  return bytes < MOST_BYTES && isProgram(resolve(file), MOST_INTERPRETERS);
}

/**
 * Becomes the program; returns only where that is not possible. Signals that Node.js ignores would stay ignored in the
 * program, and what is caught is at its default again (execve(2)).
 */
export function become(execve: Execve, file: string, words: readonly string[], environment: NodeJS.ProcessEnv): void {
  for (const signal of ['SIGPIPE', 'SIGXFSZ'] as const) process.on(signal, () => {});
  execve(file, words, environment);
}

/** A plain file that may be executed: a program for this machine, or a script whose interpreter is one. */
function isProgram(file: string, interpreters: number): boolean {
  if (!isAbsolute(file) || !isExecutable(file)) return false;
  const head = headOf(file);
  if (head === undefined) return false;
  if (head.length > 64 && head.readUInt32BE(0) === EXECUTABLE_AND_LINKING) return isForThisMachine(head);
  const [, interpreter] = /^#![ \t]*([^ \t\n\0]+)[^\n\0]*\n/.exec(head.toString('latin1')) ?? [];
  return interpreter !== undefined && interpreters > 0 && isProgram(interpreter, interpreters - 1);
}

function headOf(path: string): Buffer | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      const head = Buffer.alloc(HEAD);
      return head.subarray(0, readSync(file, head, 0, HEAD, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** elf(5): the class, byte order and machine of Node.js itself, and a dynamic linker that is there. */
function isForThisMachine(head: Buffer): boolean {
  const own = headOf(process.execPath);
  if (own === undefined || head[4] !== IS_64_BIT || head[5] !== IS_LITTLE_ENDIAN) return false;
  if (own[4] !== head[4] || own[5] !== head[5] || own.readUInt16LE(18) !== head.readUInt16LE(18)) return false;
  const [start, size, count] = [Number(head.readBigUInt64LE(32)), head.readUInt16LE(54), head.readUInt16LE(56)];
  for (let entry = start; entry < start + size * count; entry += size) {
    if (entry + 56 > head.length) return false;
    if (head.readUInt32LE(entry) !== PT_INTERP) continue;
    const [at, length] = [Number(head.readBigUInt64LE(entry + 8)), Number(head.readBigUInt64LE(entry + 32))];
    if (length < 2 || at + length > head.length) return false;
    return isExecutable(head.toString('latin1', at, at + length - 1));
  }
  return count > 0;
}
