// Parses the log lines of earlyoom and systemd-oomd: lines in, kills out.

/** One process (earlyoom), or all of a cgroup (systemd-oomd). Sizes are bytes. */
export interface DaemonKill {
  readonly by: 'earlyoom' | 'systemd-oomd';
  readonly pid?: number;
  readonly name?: string;
  readonly uid?: number;
  readonly rss?: number;
  readonly cgroup?: string;
}

const UNITS: Readonly<Record<string, number>> = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** `sending SIGTERM to process 7878 uid 1000 "name": oom_score 1021, …, VmRSS 345 MiB` (earlyoom 1.4 and later). */
const EARLYOOM =
  /^sending SIG(?:TERM|KILL) to process (\d{1,10}) (?:uid (\d{1,10}) )?"([\s\S]{0,64})": [\s\S]{0,80}?VmRSS (\d{1,12}) (KiB|MiB|GiB)/;
/**
 * `Killed /user.slice/… due to memory used (…) …` or `… due to memory pressure for …`; since systemd 258 `Marked /… for
 * killing due to …` at the decision, and no further line where another program does the killing (oomd-manager.c).
 */
const OOMD = /^(?:Killed (\/[\s\S]{0,4000}?)|Marked (\/[\s\S]{0,4000}?) for killing) due to (?:memory|swap) /;

/** The kill that a daemon's log line reports. */
export function daemonKill(by: DaemonKill['by'], line: string): DaemonKill | undefined {
  if (by === 'systemd-oomd') {
    const found = OOMD.exec(line);
    const cgroup = found?.[1] ?? found?.[2];
    return cgroup === undefined ? undefined : { by, cgroup };
  }
  const found = EARLYOOM.exec(line);
  if (found === null) return undefined;
  const [, pid, uid, name, size, unit] = found;
  return {
    by,
    pid: Number(pid),
    name: name as string,
    ...(uid === undefined ? {} : { uid: Number(uid) }),
    rss: Number(size) * (UNITS[unit as string] ?? 1),
  };
}
