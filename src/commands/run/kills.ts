// Whether a command, or a part of it, was killed for lack of memory while it ran.
import type { Kill } from '../../model/snapshot/oom-kill.ts';
import { KillWatch } from '../../sampling/linux/oom/kill-watch.ts';
import { Vmstat } from '../../sampling/linux/proc/vmstat.ts';
import { Slices } from '../../sampling/linux/reading/slices.ts';
import { Gaps } from '../../sampling/sampler/gaps.ts';

/** Milliseconds that the kernel's log has to name a kill that was counted, and between two attempts to read it. */
const NAMED_WITHIN = 1500;
const AGAIN = 100;

export class RunKills {
  readonly #watch = new KillWatch(new Vmstat('/proc'), { kmsg: '/dev/kmsg' }, String);
  #before: Promise<number | undefined> | undefined;

  /** Counts the kills until now: those are not the command's. */
  begin(): void {
    this.#before = this.#sample().then(({ oomKills }) => oomKills);
  }

  /**
   * The first kill of one of the command's processes. Takes no time where the kernel has counted none since the beginning.
   *
   * @param isOurs whether a pid was one of them
   * @param killed the pid of the main process where SIGKILL ended it: a likely victim when no log names one
   */
  async find(isOurs: (pid: number) => boolean, killed: number | undefined): Promise<Kill | undefined> {
    try {
      const before = await this.#before;
      const deadline = performance.now() + NAMED_WITHIN;
      for (;;) {
        const { oomKills, events } = await this.#sample();
        if (before === undefined || oomKills === undefined || oomKills <= before) return undefined;
        const kill = events.find(({ pid }) => pid !== undefined && isOurs(pid));
        if (kill !== undefined) return kill;
        if (performance.now() > deadline) break;
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      }
    } finally {
      this.#watch.close();
    }
    if (killed === undefined) return undefined;
    const facts = { by: 'kernel', certainty: 'probable', source: 'counter', verified: true } as const;
    return { type: 'oom-kill', time: Date.now(), pid: killed, ...facts };
  }

  #sample() {
    return this.#watch.sample({
      time: Date.now(),
      monotonic: performance.now(),
      wantsPast: false,
      wantsDaemons: false,
      slices: new Slices(new AbortController().signal),
      gaps: new Gaps(),
    });
  }
}
