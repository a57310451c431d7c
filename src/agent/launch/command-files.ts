// Reads the beginning of files that a command names, and cannot be blocked by special files.
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Readable } from './obstacles.ts';

/** Bytes; real scripts are shorter. */
const MOST = 256 * 1024;
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** @param path as in PATH */
export function commandFiles(path: string | undefined): Readable {
  return {
    text: readText,
    program(name) {
      if (name === '') return undefined;
      const found = name.includes('/') ? name : foundIn(path ?? '', name);
      return found === undefined ? undefined : readText(found);
    },
  };
}

function foundIn(path: string, name: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name))
    .find((file) => isPlainFile(file));
}

function isPlainFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

/** Undefined for what is not a regular file, cannot be read, or is not text. */
function readText(path: string): string | undefined {
  if (!isPlainFile(path)) return undefined;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, FLAGS);
    if (!fstatSync(descriptor).isFile()) return undefined;
    const head = Buffer.alloc(4);
    if (readSync(descriptor, head, 0, head.length, 0) > 3 && head.readUInt32BE() === ELF) return undefined;
    const buffer = Buffer.alloc(MOST);
    return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, MOST, 0));
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The first four bytes of a compiled program (elf(5)). */
const ELF = 0x7f454c46;
