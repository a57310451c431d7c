// Open debuggers of Node.js programs: any process that reaches one can run code in the program.
import type { OpenDebugger } from '../../../acting/inspector/debuggers.ts';
import { parseUptime } from '../../../sampling/linux/machine/boot-time.ts';
import { formatAge } from '../../../text/format.ts';
import { type Check, limited, notHere, ok } from './check.ts';
import type { Machine } from './machine.ts';

/** Debuggers named at most. */
const MOST_NAMED = 5;

/** Clock ticks a second, as /proc counts them for programs (USER_HZ of time(7)). */
const TICKS = 100;

export const debuggers: Check = {
  id: 'debuggers',
  title: 'open debuggers',
  purpose: 'finding Node.js programs in which other users can run code',
  cost: 'Any process that can connect to an open debugger can run code as the user of that program.',
  run(machine) {
    const { platform, isLive, proc, uid } = machine;
    if (platform !== 'linux' || !isLive || proc !== '/proc') return notHere('Needs the /proc of this machine.');
    const open = machine.debuggers;
    const whose = uid === 0 ? '' : ' in your own programs (root sees all)';
    if (open.length === 0) return ok(`No debugger of a Node.js program is open${whose}.`);
    const named = open.slice(0, MOST_NAMED).map((one) => describe(one, machine));
    const more = open.length > MOST_NAMED ? [`and ${open.length - MOST_NAMED} more`] : [];
    const left = open.filter(({ isOurs }) => isOurs);
    return limited(
      `${open.length} open${whose}: ${[...named, ...more].join('; ')}.`,
      ...left.map(({ pid }) => ({ say: 'Close it.', type: `memtop collect --attach ${pid}` })),
      ...(left.length < open.length ? [{ say: 'Stop debugging, or start the program without --inspect.' }] : []),
    );
  },
};

function describe(one: OpenDebugger, machine: Machine): string {
  const name = nameOf(one.pid, machine);
  const user = one.uid === undefined ? '' : `, uid ${one.uid}`;
  const by = one.isOurs ? ', opened by a memtop that was killed' : '';
  return `${name} (${one.pid}${user}) on ${one.address}:${one.port}${since(one, machine)}, open to ${reach(one)}${by}`;
}

function nameOf(pid: number, { read }: Machine): string {
  const comm = read(`/proc/${pid}/comm`);
  return 'text' in comm ? comm.text.trim() : 'node';
}

function since({ since: ticks, isSinceKnown }: OpenDebugger, { read }: Machine): string {
  const uptime = read('/proc/uptime');
  const now = 'text' in uptime ? parseUptime(uptime.text) : undefined;
  if (now === undefined) return '';
  const age = formatAge(Math.max(0, now - (ticks * 1000) / TICKS));
  return isSinceKnown ? ` for ${age}` : ` for ${age} at most`;
}

function reach({ address, isHere }: OpenDebugger): string {
  if (!isHere) return 'its network namespace';
  if (address.startsWith('127.') || address === '::1') return 'every user of this machine';
  return 'every user of this machine and the network';
}
