// Joins identities (ps-list) and measures (systeminformation) by PID.
import type { Identity } from '../../model/snapshot/snapshot.ts';
import type { Listed, ListedMemory } from './sources.ts';

/** One process as reported by both, in the units of a snapshot. */
export interface JoinedProcess {
  readonly who: Identity;
  readonly state: string;
  readonly rss: number;
  readonly virtual?: number;
}

/** Those known in full, and how many were known by halves. */
export interface Joined {
  readonly readings: readonly JoinedProcess[];
  /** Reported by only one of two answers: started or exited between the two requests. */
  readonly halves: number;
  /** With numbers that are none. */
  readonly malformed: number;
}

/** Either list may be missing as a whole; the identity of a process can also come from the list of measures. */
export function joinByPid(
  listed: readonly Listed[] | undefined,
  measured: readonly ListedMemory[],
  commandLimit: number,
): Joined {
  const byPid = new Map(listed?.map((one) => [one.pid, one]));
  const readings: JoinedProcess[] = [];
  let malformed = 0;
  let met = 0;
  for (const numbers of measured) {
    const who = byPid.get(numbers.pid);
    if (listed !== undefined && who === undefined) continue;
    met++;
    const reading = combine(who, numbers, commandLimit);
    if (reading === undefined) malformed++;
    else readings.push(reading);
  }
  // Those measured but not listed were born later, ps itself among them: they come with the next sample.
  const halves = [...byPid.values()].filter((one) => !isOwnChild(one)).length - met;
  return { readings, halves: Math.max(0, halves), malformed };
}

/** The ps that ps-list itself ran. It has exited when the measures are taken, and is hidden. */
function isOwnChild(one: Listed): boolean {
  return one.ppid === process.pid && /^ps (a?wwxo) /.test(one.cmd ?? '');
}

function combine(who: Listed | undefined, numbers: ListedMemory, commandLimit: number): JoinedProcess | undefined {
  const ppid = who?.ppid ?? numbers.parentPid;
  if (![numbers.pid, ppid, numbers.memRss].every((value) => Number.isFinite(value) && value >= 0)) return undefined;
  const startedAt = who?.startTime?.getTime() ?? parseLocalTime(numbers.started);
  const user = numbers.user || (who?.uid === undefined ? undefined : String(who.uid));
  const kernel = process.platform === 'linux' && (numbers.pid === 2 || ppid === 2);
  const state = letterOf(numbers.state);
  const command = kernel || state === 'Z' ? '' : (who?.cmd ?? [numbers.command, numbers.params].join(' ').trim());
  return {
    who: {
      pid: numbers.pid,
      ppid,
      startTime: startedAt ?? 0,
      ...(startedAt !== undefined && { startedAt }),
      name: who?.name || numbers.name,
      command: cut(command, commandLimit),
      ...(user !== undefined && { user }),
      kernel,
    },
    state,
    rss: numbers.memRss * 1024,
    ...(numbers.memVsz > 0 && { virtual: numbers.memVsz * 1024 }),
  };
}

/** `2026-11-22 09:00:00`, in the time of the place. */
function parseLocalTime(text: string): number | undefined {
  const time = Date.parse(text?.replace(' ', 'T'));
  return Number.isFinite(time) ? time : undefined;
}

/** The words of systeminformation as the letters of proc_pid_stat(5). */
function letterOf(state: string): string {
  switch (state) {
    case 'running':
      return 'R';
    case 'sleeping':
      return 'S';
    case 'blocked':
      return 'D';
    case 'stopped':
      return 'T';
    case 'zombie':
      return 'Z';
    case 'dead':
    case 'terminated':
      return 'X';
    case 'paging':
      return 'W';
    default:
      return '?';
  }
}

function cut(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  const buffer = Buffer.from(text);
  return buffer.length <= bytes ? text : buffer.toString('utf8', 0, bytes).replace(/\uFFFD$/, '');
}
