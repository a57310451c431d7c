// The machine as a whole: its memory, its host and when it was booted, also where those files come late.
import type { Host, SystemMemory } from '../../../model/snapshot/snapshot.ts';
import { Gaps } from '../../sampler/gaps.ts';
import type { ChildCommands } from '../reading/child-commands.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { ProcRoot } from '../reading/proc-root.ts';
import { BootClock } from './boot-clock.ts';
import { readHost } from './host.ts';
import type { MemoryReader } from './memory-reader.ts';

/** Milliseconds that are always waited for these files where a child has to read them, such as those of lxcfs (FUSE). */
const LEAST_TIMEOUT = 50;

/** The result of one reading. */
export interface MachineReading {
  readonly memory: SystemMemory;
  /** Milliseconds since boot, time in suspend included. */
  readonly uptime: number | undefined;
  /** True when the boot time has changed: start times on the wall clock change with it. */
  readonly hasMoved: boolean;
}

export class MachineReader {
  host: Host;
  /** Shared with the reader of rows. */
  readonly boot: { bootedAt?: number } = {};
  readonly #root: ProcRoot;
  readonly #reader: FileReader;
  readonly #memory: MemoryReader;
  readonly #commands: ChildCommands;
  readonly #clock: BootClock;

  constructor(root: ProcRoot, reader: FileReader, memory: MemoryReader, commands: ChildCommands) {
    this.#root = root;
    this.#reader = reader;
    this.#memory = memory;
    this.#commands = commands;
    this.host = readHost(root, reader);
    this.#clock = new BootClock(root, reader);
  }

  /** One reading at a moment by the wall clock and by the monotonic clock; waits for children, no longer than `timeout`. */
  async read(time: number, monotonic: number, timeout: number, gaps: Gaps): Promise<MachineReading> {
    this.#clock.at(time, monotonic);
    const memory = await this.#readMemory(monotonic, timeout, gaps);
    const { bootedAt, uptime } = this.#clock.at(time, monotonic);
    if (this.#clock.gap !== undefined) gaps.add('boot time', this.#clock.gap);
    const hasMoved = bootedAt !== undefined && bootedAt !== this.boot.bootedAt;
    if (hasMoved) {
      this.boot.bootedAt = bootedAt;
      this.host = { ...this.host, bootedAt };
    }
    return { memory, uptime, hasMoved };
  }

  async #readMemory(monotonic: number, timeout: number, gaps: Gaps): Promise<SystemMemory> {
    const first = new Gaps();
    const memory = this.#memory.read(monotonic, first);
    const isLate = first.list().some(({ why }) => why === 'late');
    const isHostLate = this.#clock.gap === 'late' && this.#commands.running > 0;
    if (isLate || isHostLate) await this.#commands.settled(Math.max(timeout, LEAST_TIMEOUT));
    if (isHostLate) {
      this.host = readHost(this.#root, this.#reader);
      this.#clock.forget();
    }
    if (isLate) return this.#memory.read(monotonic, gaps);
    gaps.addAll(first);
    return memory;
  }
}
