// The event loop of a Node.js main thread, observed from outside.
import type { Processes } from '../../agent/client/finding/processes.ts';

/** The epoll instance of the main thread, and what it watches. */
export interface MainLoop {
  readonly descriptor: number;
  /** Inodes of the sockets it watches. */
  readonly sockets: ReadonlySet<string>;
}

/**
 * Finds it among the epoll instances, lowest descriptor first, as Node.js 20 to 26 make them: one that watches nothing, that
 * of the pool of threads, that of the main thread, and later those of the inspector, of workers, and of synchronous calls
 * (fdinfo of proc_pid_fdinfo(5)). Undefined where that may not be read.
 */
export function mainLoop(processes: Processes, pid: number): MainLoop | undefined {
  const loops = processes.descriptorsTo(pid, 'anon_inode:[eventpoll]').map((descriptor) => {
    const info = processes.file(pid, `fdinfo/${descriptor}`)?.toString('latin1') ?? '';
    return { descriptor, targets: [...info.matchAll(/^tfd:\s+(\d{1,10})\s/gm)].map(([, target]) => Number(target)) };
  });
  const main = loops[loops[0]?.targets.length === 0 ? 2 : 1];
  if (main === undefined) return undefined;
  const links = main.targets.map((target) => processes.link(pid, `fd/${target}`) ?? '');
  const sockets = links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
  return { descriptor: main.descriptor, sockets: new Set(sockets) };
}

/**
 * Whether the main thread is waiting for events in its own loop, so that all earlier work is done.
 * /proc/PID/syscall has the number of the system call a thread sleeps in and its arguments in hexadecimal; the first one of
 * epoll_wait(2) is the descriptor. A program in a synchronous call, such as spawnSync, waits elsewhere. False where it may not
 * be read (proc_pid_syscall(5)).
 */
export function isWaiting(processes: Processes, pid: number, { descriptor }: MainLoop): boolean {
  const call = processes.file(pid, 'syscall')?.toString('latin1') ?? '';
  const [, number, argument] = /^(\d{1,4}) 0x([0-9a-f]{1,16}) /.exec(call) ?? [];
  return EPOLL_CALLS.has(Number(number)) && Number.parseInt(argument ?? '', 16) === descriptor;
}

/** epoll_wait and epoll_pwait on x86-64, epoll_pwait on arm64 and its kin, epoll_pwait2. */
const EPOLL_CALLS = new Set([232, 281, 22, 441]);
