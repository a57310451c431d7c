// One line of input of `npm run judge`: a reading of one process, checked before anything is made of it.

/** Bytes and seconds. */
export interface ReadingLine {
  /** Which process; a new id is a new process. */
  readonly id: string;
  /** When it was read, on any scale that does not go back. */
  readonly t: number;
  /** Until the next reading is expected. */
  readonly interval: number;
  readonly rss: number;
  readonly swap?: number;
  /** The limit that the process is under. Where it is absent, the last one given for this id holds. */
  readonly cgroup?: GivenLimit;
  /** The same of the machine. */
  readonly machine?: { readonly total: number; readonly available: number };
  /** Whether a judgement is wanted. */
  readonly ask: boolean;
}

export interface GivenLimit {
  readonly limit: number;
  readonly charged: number;
  /** The most that was ever charged. */
  readonly peak?: number;
  /** `charged` less inactive file cache. */
  readonly workingSet?: number;
  /** `charged` less all that can be reclaimed without swapping: file cache and reclaimable slab. */
  readonly unreclaimable?: number;
}

/** Reads a line. Throws an Error that names the field which is wrong. */
export function readingOf(text: string): ReadingLine {
  const line = objectOf(parsed(text), 'the line');
  const { id, ask, cgroup, machine } = line;
  if (typeof id !== 'string' && typeof id !== 'number') throw new Error('"id" must be a string or a number');
  const interval = numberOf(line, 'interval');
  if (interval === 0) throw new Error('"interval" must be above 0');
  return {
    id: String(id),
    t: numberOf(line, 't'),
    interval,
    rss: numberOf(line, 'rss'),
    ...optional(line, 'swap'),
    ...(isAbsent(cgroup) ? {} : { cgroup: limitOf(objectOf(cgroup, '"cgroup"')) }),
    ...(isAbsent(machine) ? {} : { machine: machineOf(objectOf(machine, '"machine"')) }),
    ask: ask === true,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function limitOf(cgroup: Fields): GivenLimit {
  return {
    limit: numberOf(cgroup, 'limit'),
    charged: numberOf(cgroup, 'charged'),
    ...optional(cgroup, 'peak'),
    ...optional(cgroup, 'workingSet'),
    ...optional(cgroup, 'unreclaimable'),
  };
}

function machineOf(machine: Fields): { total: number; available: number } {
  return { total: numberOf(machine, 'total'), available: numberOf(machine, 'available') };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('not JSON');
  }
}

function objectOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} must be an object`);
  return value as Fields;
}

function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new Error(`"${name}" must be a number, 0 or more`);
  }
  return value;
}

function optional<Name extends string>(fields: Fields, name: Name): { [Key in Name]?: number } {
  return (isAbsent(fields[name]) ? {} : { [name]: numberOf(fields, name) }) as { [Key in Name]?: number };
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;
