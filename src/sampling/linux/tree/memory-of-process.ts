// RSS and the peak of one process, from /proc/PID/status (proc_pid_status(5)): reading it takes no lock of the process.
import { closeSync } from 'node:fs';
import { parseStatus } from '../proc/status.ts';
import { FileReader } from '../reading/file-reader.ts';

/** In bytes. */
export interface MemoryOfProcess {
  /** VmRSS. */
  readonly rss: number;
  /** VmHWM: the highest RSS since the process last called execve(2). */
  readonly peak: number;
}

export class StatusReader {
  readonly #proc: string;
  readonly #reader = new FileReader();
  /** The process that is read most often, and its open file: that of another one with the same pid answers ESRCH. */
  #open: { readonly pid: number; readonly descriptor: number } | undefined;

  constructor(proc = '/proc') {
    this.#proc = proc;
  }

  /** Undefined for a process without memory, such as one that has just ended. */
  read(pid: number): MemoryOfProcess | 'gone' | undefined {
    const length = this.#reader.once(`${this.#proc}/${pid}/status`);
    if (typeof length === 'number') return this.#parsed(length);
    return length === 'gone' ? 'gone' : undefined;
  }

  /** The same by way of a file that stays open; undefined once the process is gone. */
  readAgain(pid: number): MemoryOfProcess | undefined {
    if (this.#open?.pid !== pid) {
      this.close();
      const descriptor = this.#reader.open(`${this.#proc}/${pid}/status`);
      if (typeof descriptor !== 'number') return undefined;
      this.#open = { pid, descriptor };
    }
    const length = this.#reader.again(this.#open.descriptor);
    return typeof length === 'number' ? this.#parsed(length) : undefined;
  }

  /** The name that the kernel has for it (comm); undefined once it is gone. */
  nameOf(pid: number): string | undefined {
    const length = this.#reader.once(`${this.#proc}/${pid}/comm`);
    return typeof length === 'number' ? this.#reader.bytes.toString('utf8', 0, length).trimEnd() : undefined;
  }

  /** Whether it is a shell that was given its commands in an argument (sh(1), -c). */
  hasCommandLine(pid: number): boolean {
    const length = this.#reader.all(`${this.#proc}/${pid}/cmdline`, 256);
    if (typeof length !== 'number') return false;
    const [, option = ''] = this.#reader.bytes.toString('latin1', 0, length).split('\0', 2);
    return /^-[a-z]*c$/.test(option);
  }

  close(): void {
    if (this.#open !== undefined) closeSync(this.#open.descriptor);
    this.#open = undefined;
  }

  #parsed(length: number): MemoryOfProcess | undefined {
    const { rss, peak } = parseStatus(this.#reader.bytes, length);
    return rss === undefined || rss === 0 ? undefined : { rss, peak: Math.max(rss, peak ?? 0) };
  }
}
