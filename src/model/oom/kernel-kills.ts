// Parses the kernel's messages of an OOM kill, from 3.10 to 6.x (mm/oom_kill.c, mm/memcontrol.c): lines in, kills out.

/** What the kernel logged about one kill. Sizes are bytes. */
export interface KernelKill {
  readonly pid: number;
  readonly name: string;
  readonly uid?: number;
  readonly rss?: number;
  readonly scope: 'cgroup' | 'machine';
  readonly cgroup?: string;
  readonly limit?: number;
}

/** What the lines before a kill reported about it. */
interface Report {
  scope?: KernelKill['scope'] | undefined;
  cgroup?: string | undefined;
  limit?: number | undefined;
  victim?: { readonly pid: number; readonly uid: number };
  /** Set when all processes of a cgroup are killed: several kills share the report. */
  isGroup?: boolean;
}

/** Longer lines are not the kernel's (LOG_LINE_MAX, CONSOLE_EXT_LOG_MAX). */
const LONGEST = 8192;
/** Above this a limit means unlimited: kernels write 2^63-4096, 2^64-1 or the like in kB for "max". */
const NO_LIMIT = 2 ** 52;
/** Names have 15 bytes; the rest is for escapes, which are longer. */
const KILLED =
  /Killed process (\d{1,10}) \(([\s\S]{0,64})\),?(?: UID (\d{1,10}),)? total-vm:\d{1,16}kB, anon-rss:(\d{1,16})kB, file-rss:(\d{1,16})kB(?:, shmem-rss:(\d{1,16})kB)?(?:, UID:(\d{1,10}))?/;

/** `Out of memory: Kill process 9 (name) score 5 or sacrifice child`, on a line of its own before 5.0. */
const CHOSEN = /^(?:Memory cgroup out|Out) of memory[^:]{0,40}: Kill process (\d{1,10}) \(/;

/**
 * Follows the lines of the kernel's log. Between "invoked oom-killer" and "Killed process" the kernel says whose limit
 * was hit and how high it is. That report belongs to one kill, or to all of a cgroup that is killed as a whole
 * (memory.oom.group); where many kills come fast the kernel leaves reports out (printk_ratelimit), and nothing is known
 * of the cgroup of such a kill.
 */
export class KernelKills {
  #report: Report = {};
  /** The report of the last kill, for the others of its cgroup. */
  #last: Report = {};

  /** Takes the next line, without the prefix of the log. Returns the kill that it reports; never throws. */
  take(line: string): KernelKill | undefined {
    if (line.length > LONGEST) return undefined;
    if (line.includes(' invoked oom-killer: ')) this.#report = {};
    else if (line.startsWith('oom-kill:')) this.#takeSummary(line);
    else if (line.startsWith('Task in ') || line.startsWith('Tasks in ')) this.#takeTask(line);
    else if (line.startsWith('memory: usage ')) this.#takeLimit(line);
    else if (line.includes('Killed process ')) return this.#takeKill(line);
    else if (CHOSEN.test(line)) this.#report.scope = scopeOf(line);
    return undefined;
  }

  /** `oom-kill:constraint=CONSTRAINT_MEMCG,…,oom_memcg=/job,task_memcg=/job,task=name,pid=1,uid=0`, since 5.0. */
  #takeSummary(line: string): void {
    const end = /,pid=(\d{1,10}),uid=(\d{1,10})$/.exec(line);
    if (end !== null) this.#report.victim = { pid: Number(end[1]), uid: Number(end[2]) };
    this.#report.scope = line.startsWith('oom-kill:constraint=CONSTRAINT_MEMCG,') ? 'cgroup' : 'machine';
    const from = line.indexOf(',oom_memcg=');
    const to = line.lastIndexOf(',task_memcg=');
    this.#report.cgroup = from === -1 || to < from ? undefined : line.slice(from + ',oom_memcg='.length, to);
  }

  /** `Task in /job/a killed as a result of limit of /job`, before 5.0; `Tasks in /job are going to be killed …`. */
  #takeTask(line: string): void {
    const words = ' killed as a result of limit of ';
    const at = line.lastIndexOf(words);
    if (at !== -1) {
      this.#report.scope = 'cgroup';
      this.#report.cgroup = line.slice(at + words.length);
      return;
    }
    const group = /^Tasks in ([\s\S]*) are going to be killed due to memory\.oom\.group set$/.exec(line)?.[1];
    if (group === undefined) return;
    const isOfLast = this.#last.cgroup !== undefined && isWithin(group, this.#last.cgroup);
    this.#report = { scope: 'cgroup', ...(isOfLast ? this.#last : { cgroup: group }), isGroup: true };
  }

  /** `memory: usage 81920kB, limit 81920kB, failcnt 69`: of the cgroup whose limit was hit. */
  #takeLimit(line: string): void {
    const limit = Number(/^memory: usage \d{1,20}kB, limit (\d{1,20})kB/.exec(line)?.[1] ?? Number.NaN) * 1024;
    if (limit < NO_LIMIT) this.#report.limit = limit;
  }

  /** The report of this kill; it is used for no other. Since 5.0 it names the process that was chosen. */
  #reportOf(pid: number): Report {
    const report = this.#report;
    if (report.isGroup) return report;
    this.#report = {};
    this.#last = report.victim === undefined || report.victim.pid === pid ? report : {};
    return this.#last;
  }

  #takeKill(line: string): KernelKill | undefined {
    const found = KILLED.exec(line);
    if (found === null) return undefined;
    const [, pid, name, oldUid, anonymous, file, shared, newUid] = found;
    const report = this.#reportOf(Number(pid));
    const { victim, cgroup, limit } = report;
    const scope = scopeOf(line.slice(0, found.index)) ?? report.scope ?? 'machine';
    const uid = newUid ?? oldUid ?? (victim?.pid === Number(pid) ? victim.uid : undefined);
    return {
      pid: Number(pid),
      name: name as string,
      ...(uid === undefined ? {} : { uid: Number(uid) }),
      rss: (Number(anonymous) + Number(file) + Number(shared ?? 0)) * 1024,
      scope,
      ...(scope === 'cgroup' && cgroup !== undefined ? { cgroup } : {}),
      ...(scope === 'cgroup' && limit !== undefined ? { limit } : {}),
    };
  }
}

/** Whether a cgroup is the other one, or lies below it. */
function isWithin(cgroup: string, other: string): boolean {
  return cgroup === other || other === '/' || cgroup.startsWith(`${other}/`);
}

/** The prefix of "Killed process" since 5.0; before that it was a separate line. */
function scopeOf(words: string): KernelKill['scope'] | undefined {
  if (words.startsWith('Memory cgroup out of memory')) return 'cgroup';
  return words.startsWith('Out of memory') ? 'machine' : undefined;
}
