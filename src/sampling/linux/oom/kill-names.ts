// Names the killed processes: from the kernel's log where it is readable, else from the journal, else from a syslog file.
// Loaded only when there is something to name.
import { daemonKill } from '../../../model/oom/daemon-kills.ts';
import { type KernelKill, KernelKills } from '../../../model/oom/kernel-kills.ts';
import type { Kill } from '../../../model/snapshot/oom-kill.ts';
import type { Why } from '../reading/file-reader.ts';
import type { Slices } from '../reading/slices.ts';
import { askJournal, type JournalLine } from './journal.ts';
import { KernelLog } from './kernel-log.ts';
import { LOG_FILES, readLogFile } from './log-file.ts';

/** The paths of the logs; tests have their own. */
export interface Logs {
  readonly kmsg: string;
  /** Full names of journalctl; the first that exists is used. */
  readonly journal?: readonly string[];
  readonly files?: readonly string[];
}

/** The current time, and the time from which on kills count as new. Wall clock, milliseconds since the epoch. */
export interface Since {
  readonly now: number;
  readonly since: number;
}

/** Milliseconds between two requests to the journal, or two readings of a file. */
const ASK_INTERVAL = 1000;
/** An older message of a daemon belongs to another death. */
const RECENT = 30_000;
/** Kills from before that are kept. */
const MOST_EARLIER = 100;
/** The most kills remembered as reported: more than fit into the end of a log file that is read again. */
const MOST_REPORTED = 2000;

export class KillNames {
  /** Why the kernel's own log cannot be read; undefined while it can. */
  why: Why | undefined;
  /** Where names come from, once that is known. */
  source: Kill['source'] | undefined;
  /** Kills from before the watching began, newest first. */
  earlier: readonly Kill[] = [];
  readonly #logs: Logs;
  readonly #userOf: (uid: number) => string;
  readonly #log: KernelLog;
  readonly #parser = new KernelKills();
  /** When each kill that was reported happened, by what it is known by; the newest last. */
  readonly #reported = new Map<string, number>();
  #isFirst = true;
  #answer: readonly JournalLine[] | 'none' | undefined;
  #isAsking = false;
  #requestedAt = Number.NEGATIVE_INFINITY;

  constructor(logs: Logs, userOf: (uid: number) => string) {
    this.#logs = logs;
    this.#userOf = userOf;
    this.#log = new KernelLog(logs.kmsg);
  }

  /** Whether it is not known yet where names can be read: the journal has not answered. */
  get isUnsettled(): boolean {
    return this.#isAsking && this.why !== undefined && this.source === undefined;
  }

  /**
   * The kills that are news. The kernel's log is read at once; the journal answers a tick or two later.
   *
   * @param owed how many kills the counter has counted since watching began that are still without a name; called after reading.
   */
  async next(when: Since, owed: () => number, slices: Slices): Promise<Kill[]> {
    this.why = this.#log.open();
    if (this.why !== undefined) return this.#fromElsewhere(when);
    this.source = 'kmsg';
    const found: Kill[] = [];
    const uptime = Number(process.hrtime.bigint() / 1_000_000n);
    const trouble = await this.#log.read((record) => {
      const kill = this.#parser.take(record.text);
      if (kill !== undefined) found.push(this.#kill(kill, when.now - uptime + record.uptime, 'kmsg'));
    }, slices);
    if (trouble !== undefined) {
      this.#log.close();
      this.why = trouble;
    }
    const news = this.#isFirst ? found.slice(found.length - Math.min(found.length, Math.max(0, owed()))) : found;
    this.#isFirst = false;
    this.#remember(found.slice(0, found.length - news.length));
    // The kernel's clock runs on its own: it is off by seconds after weeks, but these processes were killed since the last check.
    return news.map((kill) => ({ ...kill, time: Math.max(when.since, Math.min(kill.time, when.now)) }));
  }

  /** The recent messages of the daemons; they arrive a tick or two after the request. */
  daemons(now: number): Kill[] {
    const answer = this.#answer;
    if (answer !== 'none') this.#answer = undefined;
    if (!this.#isAsking && answer !== 'none' && now - this.#requestedAt >= ASK_INTERVAL) this.#ask(now - RECENT, now);
    if (!Array.isArray(answer)) return [];
    const parser = new KernelKills();
    const kills = answer.flatMap((line: JournalLine) =>
      line.from === 'kernel' ? [] : (this.#journalKill(line, parser) ?? []),
    );
    return this.#unreported(kills.filter((kill) => kill.time >= now - RECENT));
  }

  close(): void {
    this.#log.close();
  }

  #fromElsewhere(when: Since): Kill[] {
    const answer = this.#answer;
    this.#answer = undefined;
    if (!this.#isAsking && answer !== 'none' && when.now - this.#requestedAt >= ASK_INTERVAL) {
      // The first time also kills from before.
      this.#ask(this.#isFirst ? 0 : when.since - ASK_INTERVAL, when.now);
      this.#isFirst = false;
    }
    if (answer === undefined) return [];
    if (answer === 'none') return this.#fromFile(when);
    this.source = 'journal';
    const parser = new KernelKills();
    return this.#sorted(
      answer.flatMap((line) => this.#journalKill(line, parser) ?? []),
      when,
    );
  }

  #ask(since: number, now: number): void {
    this.#isAsking = true;
    this.#requestedAt = now;
    void askJournal(since, this.#logs.journal).then((lines) => {
      this.#isAsking = false;
      // The kernel has logged something since boot: an empty log means no permission.
      this.#answer = lines === undefined || (since === 0 && lines.length === 0) ? 'none' : lines;
    });
  }

  #journalKill({ from, text, time }: JournalLine, parser: KernelKills): Kill | undefined {
    if (from === 'kernel') {
      const kill = parser.take(text);
      return kill && this.#kill(kill, time, 'journal');
    }
    const kill = daemonKill(from, text);
    if (kill === undefined) return undefined;
    const { uid, cgroup, ...rest } = kill;
    return {
      type: 'oom-kill',
      time,
      ...rest,
      ...(uid === undefined ? {} : { user: this.#userOf(uid) }),
      scope: 'machine',
      ...(cgroup === undefined ? {} : { cgroup }),
      certainty: 'certain',
      source: 'journal',
      verified: true,
    };
  }

  #fromFile(when: Since): Kill[] {
    this.#answer = 'none';
    if (when.now - this.#requestedAt < ASK_INTERVAL) return [];
    this.#requestedAt = when.now;
    const lines = readLogFile(when.now, this.#logs.files ?? LOG_FILES);
    if (lines === undefined) return [];
    this.source = 'syslog';
    const parser = new KernelKills();
    const kills: Kill[] = [];
    for (const { text, time } of lines) {
      const kill = parser.take(text);
      if (kill !== undefined && time !== undefined) kills.push(this.#kill(kill, time, 'syslog'));
    }
    return this.#sorted(kills, when);
  }

  /** Records that were not reported yet, new or old. Files have whole seconds. */
  #sorted(kills: readonly Kill[], { now, since }: Since): Kill[] {
    // Kills by a daemon are not counted: its log is read when a death has been seen, which is some ticks later.
    const isNews = ({ by, time }: Kill) => time >= (by === 'kernel' ? since - ASK_INTERVAL : now - RECENT);
    const unknown = this.#unreported(kills);
    this.#remember(unknown.filter((kill) => !isNews(kill)));
    return unknown.filter(isNews);
  }

  /** Those not reported before, which from now on are. */
  #unreported(kills: readonly Kill[]): Kill[] {
    return kills.filter((kill) => {
      const key = keyOf(kill);
      const before = this.#reported.get(key);
      const isReported = before !== undefined && Math.abs(kill.time - before) < RECENT;
      this.#reported.delete(key);
      this.#reported.set(key, isReported ? before : kill.time);
      if (this.#reported.size > MOST_REPORTED) this.#reported.delete(this.#reported.keys().next().value as string);
      return !isReported;
    });
  }

  #remember(kills: readonly Kill[]): void {
    if (kills.length > 0) this.earlier = [...[...kills].reverse(), ...this.earlier].slice(0, MOST_EARLIER);
  }

  #kill({ uid, ...kill }: KernelKill, time: number, source: Kill['source']): Kill {
    return {
      type: 'oom-kill',
      time: Math.round(time),
      ...kill,
      ...(uid === undefined ? {} : { user: this.#userOf(uid) }),
      by: 'kernel',
      certainty: 'certain',
      source,
      verified: source !== 'syslog',
    };
  }
}

/** earlyoom reports a second signal to the same process; systemd-oomd reports what it marks, and then what it kills. */
function keyOf({ pid, cgroup, by, time }: Kill): string {
  return by === 'kernel' ? `${by} ${pid ?? cgroup} ${Math.floor(time)}` : `${by} ${pid ?? cgroup}`;
}
