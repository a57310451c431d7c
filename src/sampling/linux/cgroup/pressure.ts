// /proc/pressure/memory and a cgroup's memory.pressure (Documentation/accounting/psi.rst).
import type { Pressure } from '../../../model/snapshot/cgroup-memory.ts';
import { HeldDescriptor } from '../proc/held-descriptor.ts';
import type { FileReader, Why } from '../reading/file-reader.ts';

const PERCENT = '(\\d{1,3}(?:\\.\\d{1,2})?)';
const SOME = new RegExp(`^some avg10=${PERCENT} avg60=${PERCENT} `, 'm');
const FULL = new RegExp(`^full avg10=${PERCENT} avg60=${PERCENT} `, 'm');

/** Undefined without a line to parse. Before Linux 5.2.2 a line of all tasks may be missing. */
export function parsePressure(text: string): Pressure | undefined {
  const some = SOME.exec(text);
  const full = FULL.exec(text);
  if (some === null) return undefined;
  return {
    some10: Number(some[1]),
    some60: Number(some[2]),
    ...(full !== null && { full10: Number(full[1]), full60: Number(full[2]) }),
  };
}

/** Reads one such file again and again from one descriptor. */
export class PressureReader {
  readonly #path: string;
  readonly #reader: FileReader;
  readonly #file = new HeldDescriptor();
  /** A kernel without PSI stays without it until the next boot. */
  #absent: Why | undefined;

  constructor(path: string, reader: FileReader) {
    this.#path = path;
    this.#reader = reader;
  }

  /** Why it is missing: a kernel without PSI has no file, or answers EOPNOTSUPP (booted with psi=0). */
  read(): Pressure | Why {
    if (this.#absent !== undefined) return this.#absent;
    const pressure = this.#read();
    if (pressure === 'gone' || pressure === 'unsupported') this.#absent = pressure;
    if (typeof pressure === 'string' && pressure !== 'malformed') this.close();
    this.#file.readOnce();
    return pressure;
  }

  /** Closes the descriptor and keeps none open from now on; returns whether there was one. */
  surrender(): boolean {
    return this.#file.surrender();
  }

  close(): void {
    this.#file.close();
  }

  #read(): Pressure | Why {
    const opened = this.#file.opened(() => this.#reader.open(this.#path));
    if (typeof opened !== 'number') return opened;
    const length = this.#reader.again(opened);
    if (typeof length !== 'number') return length;
    return parsePressure(this.#reader.bytes.toString('latin1', 0, length)) ?? 'malformed';
  }
}
