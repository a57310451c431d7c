// The machine as the checks see it: files, the user, the environment. Nothing is written and no program is started.
import { accessSync, closeSync, constants, lstatSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ownUser } from '../../../acting/gate.ts';
import type { OpenDebugger } from '../../../acting/inspector/debuggers.ts';
import { foreignPids } from '../../../acting/pid-namespace.ts';
import type { Context } from '../../../cli/context.ts';
import { parseDistributionIds, readOsRelease } from '../../../sampling/linux/machine/os-release.ts';
import { FileReader, type Why } from '../../../sampling/linux/reading/file-reader.ts';
import { isProcfs } from '../../../sampling/linux/reading/proc-root.ts';
import type { Environment } from '../../../settings/environment.ts';
import { clean } from '../../../text/clean.ts';

export interface SettingsState {
  /** Undefined where the home folder is unknown, or no settings file is wanted. */
  readonly path: string | undefined;
  readonly isThere: boolean;
  /** The error that memtop would exit with, and what to do. */
  readonly mistake: { readonly message: string; readonly next: string } | undefined;
}

export interface Machine {
  /** As in process.platform. */
  readonly platform: string;
  /** Our own effective user id; undefined where there are none. */
  readonly uid: number | undefined;
  readonly user: string;
  /** Our own process id. */
  readonly pid: number;
  readonly environment: Environment;
  readonly inputIsTerminal: boolean;
  readonly outputIsTerminal: boolean;
  /** Size of the terminal in cells; undefined when stdout is not one. */
  readonly size: { readonly columns: number; readonly rows: number } | undefined;
  /** The folder that stands for /proc. */
  readonly proc: string;
  /** The settings file: where it is or would be, and what is wrong with it. */
  readonly settings: SettingsState;
  /** Debuggers of Node.js programs that are open. */
  readonly debuggers: readonly OpenDebugger[];
  /** Why pids of this /proc are not those that signals go to; undefined when they are. */
  readonly foreignPids: string | undefined;
  /** Whether a kernel answers there, and not a tree of plain files. */
  readonly isLive: boolean;
  /** The distribution's id, then those of what it is like: `['ubuntu', 'debian']`. */
  readonly distribution: readonly string[];
  /** A file's text, cut at 4 MiB, or why it could not be read. */
  read(path: string): { readonly text: string } | { readonly why: Why };
  /** Whether a file can be opened for reading; why not. */
  open(path: string): true | Why;
  /** lstat(2); undefined when there is nothing, or it may not be looked at. */
  facts(path: string): { readonly uid: number; readonly mode: number } | undefined;
  /** Names in a folder; undefined when it cannot be listed. */
  names(path: string): readonly string[] | undefined;
  /** Where a program is, by PATH; undefined when it is nowhere. */
  program(name: string): string | undefined;
}

/** The machine we run on; `procRoot` is what stands for /proc. */
export function thisMachine(
  context: Context,
  settings: SettingsState,
  debuggers: readonly OpenDebugger[] = [],
  procRoot = '/proc',
): Machine {
  const { environment, platform, pid, inputIsTerminal, outputIsTerminal } = context;
  const reader = new FileReader();
  const proc = resolve(procRoot);
  const columns = context.terminalWidth();
  return {
    platform,
    environment,
    settings,
    debuggers,
    foreignPids: platform === 'linux' && proc === '/proc' ? foreignPids() : undefined,
    pid,
    inputIsTerminal,
    outputIsTerminal,
    proc,
    uid: process.geteuid?.(),
    user: clean(ownUser() ?? 'this user'),
    size: columns === undefined ? undefined : { columns, rows: process.stdout.rows },
    isLive: isProcfs(proc),
    distribution: readOsRelease(dirname(proc), reader, parseDistributionIds) ?? [],
    read: (path) => reader.text(path),
    open: (path) => mayOpen(path, reader),
    facts,
    names,
    program: (name) => findProgram(name, environment),
  };
}

function mayOpen(path: string, reader: FileReader): true | Why {
  const opened = reader.open(path);
  if (typeof opened !== 'number') return opened;
  closeSync(opened);
  return true;
}

function facts(path: string): { uid: number; mode: number } | undefined {
  try {
    const { uid, mode } = lstatSync(path);
    return { uid, mode };
  } catch {
    return undefined;
  }
}

function names(path: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}

function findProgram(name: string, { PATH = '' }: Environment): string | undefined {
  for (const folder of PATH.split(':')) {
    const path = join(folder === '' ? '.' : folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this one.
    }
  }
  return undefined;
}
