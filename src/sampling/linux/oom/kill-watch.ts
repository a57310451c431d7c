// Detects OOM kills: reads one counter each tick, and the logs only when it has changed or the history is requested.
import type { Kill } from '../../../model/snapshot/oom-kill.ts';
import type { Gaps } from '../../sampler/gaps.ts';
import { OwnCgroup } from '../cgroup/own-cgroup.ts';
import type { Vmstat } from '../proc/vmstat.ts';
import type { Slices } from '../reading/slices.ts';
import type { KillNames, Logs } from './kill-names.ts';

/** The result of one check. */
export interface KillNews {
  /** Kills since boot; absent where the kernel does not count them. */
  readonly oomKills?: number;
  /** Kills since the previous check. */
  readonly events: readonly Kill[];
  /** Kills from before the first check, newest first; only on request, and once the log has been read. */
  readonly earlier?: readonly Kill[];
}

/** The moment of a check. */
export interface KillSample {
  /** Wall clock and a clock that never jumps, in milliseconds. */
  readonly time: number;
  readonly monotonic: number;
  readonly wantsPast: boolean;
  /** Also what earlyoom and systemd-oomd say of themselves. */
  readonly wantsDaemons: boolean;
  readonly slices: Slices;
  readonly gaps: Gaps;
}

/** Milliseconds that a late log or the journal has to name a kill. */
const NAME_TIMEOUT = 5000;
/** More kills without a name in one tick are not worth an event each. */
const MOST_UNNAMED = 20;
const NONE: readonly Kill[] = [];

export class KillWatch {
  readonly #vmstat: Vmstat;
  readonly #logs: Logs | undefined;
  readonly #userOf: (uid: number) => string;
  #names: KillNames | undefined;
  #counted: number | undefined;
  #own: OwnCgroup | undefined;
  #ownCounted: number | undefined;
  /** Counted and not named yet, and since when. */
  #owed = 0;
  #owedSince = 0;
  #lastSample: number | undefined;

  /**
   * @param vmstat where kills are counted; closed with the watch
   * @param logs absent where the tree is not this kernel's: then kills are counted and nothing more
   */
  constructor(vmstat: Vmstat, logs: Logs | undefined, userOf: (uid: number) => string) {
    this.#vmstat = vmstat;
    this.#logs = logs;
    this.#userOf = userOf;
  }

  /** One check. Never waits for a program or a device. */
  async sample(at: KillSample): Promise<KillNews> {
    const isFirst = this.#lastSample === undefined;
    this.#count(at.monotonic);
    // Not before the first frame.
    if (!isFirst && this.#logs !== undefined) this.#countOwn(at.monotonic);
    const since = this.#lastSample ?? at.time;
    const isDue = this.#logs !== undefined && (this.#owed > 0 || at.wantsPast || at.wantsDaemons);
    const events = isDue ? await this.#name(at, since) : NONE;
    // A counted kill without a name stays pending until it is reported, however many ticks the log takes.
    if (this.#owed <= 0) this.#lastSample = at.time;
    return {
      ...(this.#counted === undefined ? {} : { oomKills: this.#counted }),
      events,
      ...(at.wantsPast && this.#names?.isUnsettled !== true ? { earlier: this.#names?.earlier ?? NONE } : {}),
    };
  }

  close(): void {
    this.#vmstat.close();
    this.#names?.close();
  }

  #count(monotonic: number): void {
    const count = this.#vmstat.read().oomKills;
    if (count === undefined) return;
    const more = Math.max(0, count - (this.#counted ?? count));
    if (more > 0 && this.#owed <= 0) this.#owedSince = monotonic;
    this.#owed += more;
    this.#counted = count;
  }

  /** Where the machine is not counted, its own cgroup is; elsewhere that is read once, to compare with later. */
  #countOwn(monotonic: number): void {
    if (this.#own !== undefined && this.#counted !== undefined) return;
    this.#own ??= new OwnCgroup();
    const count = this.#own.read();
    const more = Math.max(0, (count ?? 0) - (this.#ownCounted ?? count ?? 0));
    this.#ownCounted = count;
    if (this.#counted !== undefined || more === 0) return;
    if (this.#owed <= 0) this.#owedSince = monotonic;
    this.#owed += more;
  }

  async #name(at: KillSample, since: number): Promise<readonly Kill[]> {
    const names = await this.#namer();
    const kills = names === undefined ? [] : await this.#namedBy(names, at, since);
    if (names === undefined) at.gaps.add('kernel log reader', 'gone');
    const { time, monotonic } = at;
    if (this.#owed <= 0 || monotonic - this.#owedSince < NAME_TIMEOUT) return kills;
    const unnamed = Math.min(this.#owed, MOST_UNNAMED);
    this.#owed = 0;
    return [...kills, ...new Array<Kill>(unnamed).fill(this.#unnamedKill(time))];
  }

  async #namedBy(
    names: KillNames,
    { time, monotonic, wantsDaemons, slices, gaps }: KillSample,
    since: number,
  ): Promise<Kill[]> {
    const owed = () => {
      // The kernel counts a kill before it logs it: every logged kill is already counted.
      this.#count(monotonic);
      return this.#owed;
    };
    const kills = await names.next({ now: time, since }, owed, slices);
    if (wantsDaemons) kills.push(...names.daemons(time));
    this.#owed -= kills.filter(({ by }) => by === 'kernel').length;
    if (names.why !== undefined && names.source === undefined && !names.isUnsettled) gaps.add('kernel log', names.why);
    return kills;
  }

  /** A kill without a name; its cgroup may be known: that of memtop itself, as in a container. */
  #unnamedKill(time: number): Kill {
    const before = this.#ownCounted;
    this.#ownCounted = this.#own?.read();
    const isOwn = before !== undefined && (this.#counted === undefined || (this.#ownCounted ?? 0) > before);
    const where = isOwn ? ({ scope: 'cgroup', cgroup: this.#own?.path ?? '/' } as const) : {};
    return { type: 'oom-kill', time, ...where, by: 'kernel', certainty: 'certain', source: 'counter', verified: true };
  }

  /** What reads the logs, loaded when first needed; undefined where it cannot be, as when the installation is gone. */
  async #namer(): Promise<KillNames | undefined> {
    if (this.#names === undefined) {
      try {
        const { KillNames: Names } = await import('./kill-names.ts');
        this.#names = new Names(this.#logs as Logs, this.#userOf);
      } catch {
        return undefined;
      }
    }
    return this.#names;
  }
}
