// A copy of the agents that stays in place: the files named in the environment must exist for every child program, as any user and
// also after memtop is upgraded or removed.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../errors/user-error.ts';
import { makeReadableFolder } from '../../files/folder.ts';
import { writeFile } from '../../files/write.ts';
import type { AgentFiles } from './launch.ts';

/** What NODE_OPTIONS names: it loads the agent next to it, and cannot fail once it is found. */
const LOADER = 'agent-loader.cjs';
const PYTHON_SITE = join('python', 'site');
/** Relative to the folder they were built into, and to a copy. */
const FILES = [LOADER, 'agent.cjs', join(PYTHON_SITE, 'sitecustomize.py'), join('python', 'memtop_agent.py')];

/** The name that the build gave to these contents. */
const IDENTITY = 'agents.id';

const FOLDERS = ['.', 'python', PYTHON_SITE];
const READABLE = 0o644;
/** Milliseconds. Files in /tmp that are not used for 10 days may be removed (tmpfiles.d(5)): a copy is written again before. */
export const FRESH = 24 * 3600 * 1000;

/** Where a copy is. */
interface Copy extends AgentFiles {
  /** Whether it was written just now, the first time or after a day. */
  readonly isNew: boolean;
}

/**
 * Copies the agents to where every user can read them, and returns where that is. A copy of the same files that is there
 * already is used again, and written again when it is a day old.
 *
 * @param folder into which the agents were built
 * @param places folders to try, in this order
 * @throws UserError when one of the agents' files is missing, or no folder can be used
 */
export function copyAgents(folder: string, places: readonly string[] = placesHere()): Copy {
  const contents = new Map(FILES.map((file) => [file, contentOf(join(folder, file))]));
  const name = `memtop-run-${process.geteuid?.() ?? 0}-${identityOf(folder, contents)}`;
  for (const place of places) {
    for (const copy of [join(place, name), join(place, `${name}-${process.pid.toString(16)}`)]) {
      try {
        const isNew = writeCopy(copy, contents);
        return { node: join(copy, LOADER), pythonSite: join(copy, PYTHON_SITE), isNew };
      } catch {
        // Another user has created a file of that name, or the place is read-only or full: try the next one.
      }
    }
  }
  throw new UserError(
    `Cannot copy the agents: ${places.join(', ')} cannot be written to.`,
    'Set TMPDIR to a folder that belongs to you.',
  );
}

/**
 * 16 hex digits that identify the contents. The build has computed them: loading node:crypto takes longer than the
 * rest of a start.
 */
function identityOf(folder: string, contents: ReadonlyMap<string, Buffer>): string {
  try {
    const written = readFileSync(join(folder, IDENTITY), 'latin1');
    if (/^[0-9a-f]{16}$/.test(written)) return written;
  } catch {
    // Not built, but assembled.
  }
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  for (const [file, content] of contents) hash.update(`${file}\0${content.length}\0`).update(content);
  return hash.digest('hex').slice(0, 16);
}

/** No tool cleans up /run while the system is up; all users can read there, only root can write. */
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

/** Whether something had to be written. */
function writeCopy(copy: string, contents: ReadonlyMap<string, Buffer>): boolean {
  for (const folder of FOLDERS) makeReadableFolder(join(copy, folder));
  const stale = [...contents].filter(([file, content]) => !isFresh(join(copy, file), content));
  for (const [file, content] of stale) {
    const writing = { choice: 'own', mode: READABLE, mayReplace: () => true, isForgettable: true } as const;
    writeFile(join(copy, file), content, writing);
  }
  return stale.length > 0;
}

/** The folder is ours and not writable for others: its files were written by a memtop of the same user. */
function isFresh(path: string, content: Buffer): boolean {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined || facts.size !== content.length || (facts.mode & 0o777) !== READABLE) return false;
  const age = Date.now() - facts.mtimeMs;
  return age > -FRESH && age < FRESH && readFileSync(path).equals(content);
}

/** sd_booted(3): where systemd runs, systemd-tmpfiles removes from /tmp what has not been used for ten days. */
export function isTidied(path: string, run = '/run'): boolean {
  return !path.startsWith(`${run}/`) && existsSync(`${run}/systemd/system`);
}
