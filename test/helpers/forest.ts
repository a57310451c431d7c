// Processes for tests of tree and groups: a machine with a tmux session, a web server of several workers and a database.
import type { Process } from '../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, NOON, processOf } from './snapshots.ts';

interface Facts {
  readonly pid: number;
  readonly ppid: number;
  readonly name: string;
  readonly command: string;
  readonly user: string;
  /** MiB. */
  readonly rss: number;
  readonly cgroup: string;
}

const CONTAINER = `/system.slice/docker-3f2a1b4c5d6e${'0'.repeat(52)}.scope`;
const SESSION = '/user.slice/user-1000.slice/session-3.scope';

const FACTS: readonly Facts[] = [
  { pid: 1, ppid: 0, name: 'systemd', command: '/sbin/init', user: 'root', rss: 12.5, cgroup: '/init.scope' },
  ...[
    { pid: 842, ppid: 1, command: '/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main', rss: 28 },
    { pid: 850, ppid: 842, command: 'postgres: checkpointer', rss: 41 },
    { pid: 851, ppid: 842, command: 'postgres: writer process   ', rss: 55 },
  ].map((each) => ({
    ...each,
    name: 'postgres',
    user: 'postgres',
    cgroup: '/system.slice/system-postgresql.slice/postgresql@15-main.service',
  })),
  ...[
    { pid: 1300, ppid: 1, name: 'containerd-shim', command: '/usr/bin/containerd-shim-runc-v2', rss: 8 },
    { pid: 1311, ppid: 1300, name: 'node', command: 'node cluster.js', rss: 61 },
    { pid: 1320, ppid: 1311, name: 'node', command: 'node worker.js', rss: 94 },
    { pid: 1321, ppid: 1311, name: 'node', command: 'node worker.js', rss: 97 },
  ].map((each) => ({ ...each, user: each.pid === 1300 ? 'root' : 'www', cgroup: CONTAINER })),
  ...[
    { pid: 2000, ppid: 1, name: 'tmux: server', command: 'tmux', rss: 4 },
    { pid: 2001, ppid: 2000, name: 'bash', command: '-bash', rss: 5 },
    { pid: 9122, ppid: 2001, name: 'python3', command: '/usr/bin/python3 my_script.py', rss: 132 },
    { pid: 4711, ppid: 2001, name: 'node', command: 'node memtop', rss: 61 },
  ].map((each) => ({ ...each, user: 'ubuntu', cgroup: SESSION })),
];

/** The machine after N ticks: the script grows by 14.2 MiB a minute. */
export function forestProcesses(tick: number): Process[] {
  return FACTS.map(({ pid, ppid, name, command, user, rss, cgroup }) =>
    processOf({
      who: { pid, ppid, startTime: 100, name, command, user, startedAt: NOON - pid * 60_000 },
      rss: (rss + (pid === 9122 ? (tick * 14.2 * 2) / 60 : 0)) * MEBIBYTE,
      cpuTime: pid === 9122 ? tick * 200 : pid === 1321 ? tick * 42 : 0,
      sinceLastRead: 2000,
      swap: pid === 851 ? 3 * MEBIBYTE : 0,
      cgroup,
    }),
  );
}
