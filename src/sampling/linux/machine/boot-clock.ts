// When the machine was booted, and how long ago: by the clock that start times are counted with, not by the wall clock.
import type { Gap } from '../../../model/snapshot/gap.ts';
import { startTicksOf } from '../proc/stat.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { ProcRoot } from '../reading/proc-root.ts';
import { parseBootTime, parseUptime } from './boot-time.ts';

/** The wall clock was set, or the machine was suspended, when it moved against the monotonic clock by more than this. */
const STEP = 500;
/** The kernel rounds btime to seconds, and a clock that is adjusted drifts a little. */
const ROUNDED = 2000;
/** lxcfs shows a container the uptime of the container, while start times go on counting from the boot of the host. */
const OTHER_UPTIME = 5000;
/** Before the year 2000 no clock that was ever set can be: a board without one begins in 1970. */
const FIRST_TIME = Date.UTC(2000);

/** Milliseconds; what is not known is absent. */
export interface Boot {
  /** Since the epoch, as the wall clock has it now. */
  readonly bootedAt?: number;
  /** Since boot, time in suspend included. */
  readonly uptime?: number;
}

/** What the clocks showed at one moment. */
interface Anchor {
  readonly time: number;
  readonly monotonic: number;
  readonly uptime: number | undefined;
}

export class BootClock {
  readonly #root: ProcRoot;
  readonly #reader: FileReader;
  /** What is added to /proc/uptime. */
  #offset = 0;
  #anchor: Anchor | undefined;
  #bootedAt: number | undefined;
  /** Why the boot time is missing; undefined where it is known. */
  gap: Gap['why'] | undefined;

  constructor(root: ProcRoot, reader: FileReader) {
    this.#root = root;
    this.#reader = reader;
    if (root.live) this.#offset = this.#offsetOfContainer();
  }

  /** At a moment by the wall clock and by the monotonic clock. Files are read at first and after a clock has moved. */
  at(time: number, monotonic: number): Boot {
    const before = this.#anchor;
    const hasMoved = before === undefined || Math.abs(time - before.time - (monotonic - before.monotonic)) > STEP;
    const { uptime: then, monotonic: since } = hasMoved ? this.#read(time, monotonic) : before;
    // A tree of files is as old as it was when it was copied.
    const now = then === undefined ? undefined : then + (this.#root.live ? monotonic - since : 0);
    return {
      ...(this.#bootedAt !== undefined && { bootedAt: this.#bootedAt }),
      ...(now !== undefined && { uptime: now }),
    };
  }

  /** Reads the files again at the next moment: they could not be read in time. */
  forget(): void {
    this.#anchor = undefined;
  }

  #read(time: number, monotonic: number): Anchor {
    const { live, path } = this.#root;
    const uptimeNow = this.#uptime();
    const anchor = { time, monotonic, uptime: uptimeNow };
    this.#anchor = anchor;
    const stat = this.#reader.text(`${path}/stat`);
    const read = 'text' in stat ? parseBootTime(stat.text) : undefined;
    const isPossible = read !== undefined && read >= FIRST_TIME && read <= time + ROUNDED;
    this.gap = undefined;
    if (live && uptimeNow !== undefined) {
      const computed = time - uptimeNow;
      // The same second every time memtop is started, wherever the two agree.
      const agrees = read !== undefined && Math.abs(read - computed) <= ROUNDED;
      this.#bootedAt = agrees ? read : Math.round(computed / 1000) * 1000;
      return anchor;
    }
    this.#bootedAt = isPossible ? read : undefined;
    if (!isPossible) this.gap = 'text' in stat ? 'malformed' : stat.why;
    return anchor;
  }

  #uptime(): number | undefined {
    const file = this.#reader.text(`${this.#root.path}/uptime`);
    const read = 'text' in file ? parseUptime(file.text) : undefined;
    if (read !== undefined) return read + this.#offset;
    return this.#root.live ? Math.round(process.getBuiltinModule('node:os').uptime() * 1000) + this.#offset : undefined;
  }

  /** memtop knows when it was started itself, by both clocks: where that is off, the file is not about this boot. */
  #offsetOfContainer(): number {
    const { path, ownPid, units } = this.#root;
    const own = ownPid === undefined ? undefined : this.#reader.text(`${path}/self/stat`);
    const ticks = own !== undefined && 'text' in own ? startTicksOf(own.text) : undefined;
    const read = this.#uptime();
    if (ticks === undefined || read === undefined) return 0;
    const computed = (ticks * 1000) / units.ticksPerSecond + process.uptime() * 1000;
    return Math.abs(computed - read) > OTHER_UPTIME ? Math.round(computed - read) : 0;
  }
}
