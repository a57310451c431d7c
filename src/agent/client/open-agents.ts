// Creates the client of the agents for the machine it runs on.
import type { ListeningPlace } from '../protocol/folders.ts';
import { Agents, MOST_AGENTS } from './agents.ts';
import { Discovery } from './finding/discovery.ts';
import { FolderScan } from './finding/folder-scan.ts';
import type { Finder } from './finding/found.ts';
import { Processes } from './finding/processes.ts';
import { scavenge, scavengeFolders } from './finding/scavenge.ts';

export interface OpenAgentsOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Whether sockets that killed programs left behind may be removed. */
  readonly mayRemove: boolean;
}

/** The client of this machine's agents, and a reader of RSS from outside. */
export interface OpenedAgents {
  readonly agents: Agents;
  readonly processes: Processes;
  /** Settles when no removal of dead sockets is running. */
  settled(): Promise<void>;
}

/** Milliseconds between two searches for dead sockets. */
const SWEEP = 60_000;

/** No search starts before the first request. */
export function openAgents({ environment, platform, mayRemove }: OpenAgentsOptions): OpenedAgents {
  const place = placeOf(environment, platform);
  const processes = new Processes();
  const onLinux = platform === 'linux';
  const finder: Finder = onLinux ? new Discovery(processes, place.uid) : new FolderScan(place);
  let sweeping: Promise<unknown> = Promise.resolve();
  let sweptAt = Number.NEGATIVE_INFINITY;
  const sweep = (listening: ReadonlySet<string>) => {
    if (!onLinux || !mayRemove || performance.now() - sweptAt < SWEEP) return;
    sweptAt = performance.now();
    sweeping = Promise.all(scavengeFolders(place).map(({ folder, uid }) => scavenge(folder, uid, listening)));
  };
  const virtual = onLinux ? { virtual: (pid: number) => processes.virtual(pid) } : {};
  const agents = new Agents({ finder, afterScan: sweep, most: mostAgents(processes), ...virtual });
  return {
    agents,
    processes,
    settled: async () => {
      await sweeping;
    },
  };
}

/** A quarter of the descriptors that memtop may have open, so that reading /proc never lacks one (getrlimit(2)). */
function mostAgents(processes: Processes): number {
  const limits = processes.file('self', 'limits')?.toString('latin1') ?? '';
  const descriptors = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? 4 * MOST_AGENTS);
  return Math.min(MOST_AGENTS, Math.floor(descriptors / 4));
}

function placeOf(environment: OpenAgentsOptions['environment'], platform: string): ListeningPlace {
  return {
    platform,
    uid: process.geteuid?.() ?? 0,
    runtimeDirectory: environment['XDG_RUNTIME_DIR'],
    cacheDirectory: environment['XDG_CACHE_HOME'],
    home: environment['HOME'],
  };
}
