// Files with the time in their names, in a folder of memtop's own, of which the oldest are removed.
import { lstatSync, readdirSync } from 'node:fs';
import { placeFor } from './place.ts';
import { removeFrom } from './remove.ts';
import { writeFile } from './write.ts';

/** How much of them is kept, the newest one in any case. */
export interface DatedLimits {
  readonly files: number;
  /** Bytes of all together. */
  readonly bytes: number;
}

/** What the names look like: a word, the local time to the second, an ending. Other files are left alone. */
const DATED = /^[a-z]+-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.[a-z]+$/;

/** A name for a moment (milliseconds since the epoch): `oom-2026-11-28T14-31-07.rec`, in the local time zone. */
export function datedName(word: string, time: number, ending: string): string {
  const date = new Date(time);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()];
  const written = (parts: readonly number[]) => parts.map((part) => String(part).padStart(2, '0')).join('-');
  return `${word}-${written(day)}T${written(clock)}.${ending}`;
}

/**
 * Writes a file with mode 0600, over the one with the same name, and removes the oldest dated files beyond the limits.
 *
 * @throws UserError where another user could lead the file elsewhere
 * @throws Error with a code, as the system calls have them
 */
export function writeDated(folder: string, name: string, content: Uint8Array, limits: DatedLimits): void {
  const path = `${folder}/${name}`;
  writeFile(path, content, { choice: 'own', mayReplace: () => true });
  const { folder: held } = placeFor(path, 'own');
  try {
    const others = readdirSync(held.path)
      .filter((other) => other !== name && DATED.test(other))
      .map((other) => ({ other, facts: lstatSync(`${held.path}/${other}`) }))
      .filter(({ facts }) => facts.isFile())
      .sort((one, two) => two.facts.mtimeMs - one.facts.mtimeMs);
    let [files, bytes] = [1, content.length];
    for (const { other, facts } of others) {
      files += 1;
      bytes += facts.size;
      if (files > limits.files || bytes > limits.bytes) removeFrom(held, other);
    }
  } finally {
    held.close();
  }
}
