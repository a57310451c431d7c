// A machine made of a few files, for checks under test.
import type { Machine } from '../../../src/commands/doctor/checks/machine.ts';

export interface FakeFacts extends Partial<Machine> {
  /** Text by path; a file that may not be opened is null. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly programs?: readonly string[];
}

const ORDINARY: Readonly<Record<string, string>> = {
  '/proc/stat': 'cpu 1\n',
  '/proc/1/stat': '1 (init) S 0\n',
  '/proc/meminfo': 'MemTotal: 2048 kB\nMemAvailable: 1024 kB\n',
  '/proc/vmstat': 'oom_kill 0\n',
  '/proc/pressure/memory': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n',
  '/proc/self/smaps_rollup': '',
  '/proc/self/status': 'CapEff:\t0000000000000000\n',
  '/proc/self/limits': 'Max open files            1048576              1048576              files\n',
  '/proc/self/mounts': 'proc /proc proc rw 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n',
  '/proc/self/mountinfo': '31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
  '/proc/self/cgroup': '0::/user.slice\n',
  '/sys/fs/cgroup/cgroup.controllers': 'cpu memory pids\n',
};

/** By default, Linux as an ordinary user sees it. */
export function fakeMachine({
  files = {},
  programs = ['node', 'python3', 'sudo', 'ps'],
  ...given
}: FakeFacts = {}): Machine {
  const all: Readonly<Record<string, string | null | undefined>> = { ...ORDINARY, ...files };
  const whyOf = (path: string) => (all[path] === null ? 'denied' : 'gone');
  return {
    platform: 'linux',
    uid: 1000,
    user: 'ann',
    pid: 4,
    environment: { LANG: 'C.UTF-8', TERM: 'xterm-256color', HOME: '/home/ann' },
    inputIsTerminal: true,
    outputIsTerminal: true,
    size: { columns: 120, rows: 40 },
    proc: '/proc',
    isLive: false,
    debuggers: [],
    foreignPids: undefined,
    distribution: ['debian'],
    settings: { path: '/home/ann/.config/memtop/config.toml', isThere: false, mistake: undefined },
    read: (path) => {
      const text = all[path];
      return typeof text === 'string' ? { text } : { why: whyOf(path) };
    },
    open: (path) => (typeof all[path] === 'string' ? true : whyOf(path)),
    facts: (path) => {
      const isFolder =
        Object.keys(all).some((file) => file.startsWith(`${path}/`)) || ['/tmp', '/home/ann'].includes(path);
      return isFolder || all[path] !== undefined ? { uid: 1000, mode: isFolder ? 0o40700 : 0o100600 } : undefined;
    },
    names: (path) => {
      const within = Object.keys(all).filter((file) => file.startsWith(`${path}/`));
      const names = within.map((file) => file.slice(path.length + 1).split('/')[0] as string);
      return names.length === 0 ? undefined : [...new Set(names)];
    },
    program: (name) => (programs.includes(name) ? `/usr/bin/${name}` : undefined),
    ...given,
  };
}
