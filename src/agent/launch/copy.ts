// A copy of the agents that stays where it is: what the environment names has to be there for every program below, whoever
// runs it, also when memtop is upgraded or removed meanwhile.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReadableFolder } from '../../files/folder.ts';
import { writeFile } from '../../files/write.ts';
import { UserError } from '../../model/user-error.ts';
import type { AgentFiles } from '../client/launch.ts';

/** What NODE_OPTIONS names: it loads the agent next to it, and cannot fail once it is found. */
const LOADER = 'agent-loader.cjs';
const PYTHON_SITE = join('python', 'site');
/** Relative to the folder they were built into, and to a copy. */
const FILES = [LOADER, 'agent.cjs', join(PYTHON_SITE, 'sitecustomize.py'), join('python', 'memtop_agent.py')];

const FOLDERS = ['.', 'python', PYTHON_SITE];
const READABLE = 0o644;
/** Milliseconds. Files in /tmp that are not used for 10 days may be removed (tmpfiles.d(5)): a copy is written again before. */
export const FRESH = 24 * 3600 * 1000;

/**
 * Copies the agents to where every user can read them, and returns where that is. A copy of the same files that is there
 * already is used again, and written again when it is a day old.
 *
 * @param folder into which the agents were built
 * @param places folders to try, in this order
 * @throws UserError when one of the agents' files is missing, or no place can be had
 */
export function copyAgents(folder: string, places: readonly string[] = placesHere()): AgentFiles {
  const contents = new Map(FILES.map((file) => [file, contentOf(join(folder, file))]));
  const hash = createHash('sha256');
  for (const [file, content] of contents) hash.update(`${file}\0${content.length}\0`).update(content);
  const name = `memtop-run-${process.geteuid?.() ?? 0}-${hash.digest('hex').slice(0, 16)}`;
  for (const place of places) {
    for (const copy of [join(place, name), join(place, `${name}-${process.pid.toString(16)}`)]) {
      try {
        writeCopy(copy, contents);
        return { node: join(copy, LOADER), pythonSite: join(copy, PYTHON_SITE) };
      } catch {
        // Another user has made something of that name, or the place is read-only or full: the next one.
      }
    }
  }
  throw new UserError(
    `There is no place for a copy of the agents: ${places.join(', ')} cannot be written to.`,
    'Set TMPDIR to a folder that belongs to you.',
  );
}

/** Nobody tidies up in /run, and all users can read there; only root can write. */
function placesHere(): readonly string[] {
  const shared = ['/tmp', '/var/tmp', tmpdir()];
  return process.geteuid?.() === 0 && process.platform === 'linux' ? ['/run', ...shared] : shared;
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new UserError(
      `The agent's file ${path} is missing.`,
      'Install memtop again; from its source, run "npm run build".',
    );
  }
}

function writeCopy(copy: string, contents: ReadonlyMap<string, Buffer>): void {
  for (const folder of FOLDERS) makeReadableFolder(join(copy, folder));
  for (const [file, content] of contents) {
    const path = join(copy, file);
    if (isFresh(path, content)) continue;
    writeFile(path, content, { choice: 'own', mode: READABLE, mayReplace: () => true, isForgettable: true });
  }
}

/** The folder is ours and nobody else can write to it: what lies in it was written by a memtop of the same user. */
function isFresh(path: string, content: Buffer): boolean {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined || facts.size !== content.length || (facts.mode & 0o777) !== READABLE) return false;
  const age = Date.now() - facts.mtimeMs;
  return age > -FRESH && age < FRESH && readFileSync(path).equals(content);
}
