// The signals that can be sent: their names and numbers here, and what each means in one line (signal(7)).

/** What a signal does to a program that has made no arrangement for it. */
type Standard = 'ends' | 'stops' | 'continues' | 'nothing';

export interface Signal {
  /** Without SIG, as kill(1) takes it: `TERM`. */
  readonly name: string;
  /** As this system counts: not the same everywhere. */
  readonly number: number;
  readonly meaning: string;
  readonly standard: Standard;
}

/** Why a signal was not sent to a process. */
export type SignalRefusal =
  /** The PID belongs to another process now. */
  | { readonly kind: 'reused' }
  /** It had already exited. */
  | { readonly kind: 'went' }
  /** The kernel refused it (EPERM): `own` is the user that memtop runs as. */
  | { readonly kind: 'denied'; readonly own: string }
  /** `reason` is the end of a sentence. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Every signal worth offering. Names that are only second names of these (IOT, POLL, CLD, UNUSED) are left out. */
const MEANINGS: Readonly<Record<string, readonly [Standard, string]>> = {
  HUP: ['ends', 'terminal closed; many daemons reload their configuration'],
  INT: ['ends', 'interrupt, as Ctrl-C'],
  QUIT: ['ends', 'quit, as Ctrl-\\; dumps core'],
  ILL: ['ends', 'illegal instruction; dumps core'],
  TRAP: ['ends', 'trace or breakpoint trap; dumps core'],
  ABRT: ['ends', 'abort, as abort(3); dumps core'],
  EMT: ['ends', 'emulator trap'],
  BUS: ['ends', 'invalid memory access; dumps core'],
  FPE: ['ends', 'arithmetic error; dumps core'],
  KILL: ['ends', 'kill at once (cannot be caught, nothing is saved)'],
  USR1: ['ends', 'user-defined signal 1; Node.js opens its inspector'],
  SEGV: ['ends', 'invalid memory access; dumps core'],
  USR2: ['ends', 'user-defined signal 2'],
  PIPE: ['ends', 'write to a pipe with no reader'],
  ALRM: ['ends', 'timer expired'],
  TERM: ['ends', 'terminate (can clean up)'],
  STKFLT: ['ends', 'stack fault (unused)'],
  CHLD: ['nothing', 'child stopped or exited'],
  CONT: ['continues', 'continue if stopped'],
  STOP: ['stops', 'pause until CONT (cannot be caught)'],
  TSTP: ['stops', 'pause until CONT, as Ctrl-Z'],
  TTIN: ['stops', 'background read from the terminal'],
  TTOU: ['stops', 'background write to the terminal'],
  URG: ['nothing', 'urgent data on a socket'],
  XCPU: ['ends', 'CPU time limit exceeded'],
  XFSZ: ['ends', 'file size limit exceeded'],
  VTALRM: ['ends', 'virtual timer expired'],
  PROF: ['ends', 'profiling timer expired'],
  WINCH: ['nothing', 'window size changed'],
  IO: ['ends', 'I/O now possible'],
  PWR: ['ends', 'power failure'],
  INFO: ['nothing', 'status request, as Ctrl-T'],
  SYS: ['ends', 'bad system call; dumps core'],
};

/** All that Windows can do to another process is to end it, whatever the signal is called. */
const ON_WINDOWS: ReadonlySet<string> = new Set(['TERM', 'KILL']);

/** The signals of a system in the order of their numbers, from its own list of them (Node's os.constants.signals). */
export function signalsOf(numbers: Readonly<Record<string, number>>, platform: string): Signal[] {
  return Object.entries(numbers)
    .flatMap(([long, number]) => {
      const name = long.replace(/^SIG/, '');
      const known = MEANINGS[name];
      if (known === undefined || (platform === 'win32' && !ON_WINDOWS.has(name))) return [];
      const [standard, meaning] = known;
      return [{ name, number, standard, meaning: platform === 'win32' ? 'kill at once; nothing is saved' : meaning }];
    })
    .sort((one, other) => one.number - other.number);
}

/**
 * The line of the signal that a typed text means: the number, or the beginning of the name with or without SIG in
 * either case, or else the beginning of a number. -1 when it means none.
 */
export function signalTyped(signals: readonly Signal[], text: string): number {
  const wanted = text.toUpperCase();
  const bare = wanted.length > 3 && wanted.startsWith('SIG') ? wanted.slice(3) : wanted;
  const tests: ((signal: Signal) => boolean)[] = [
    ({ number }) => String(number) === wanted,
    ({ name }) => name === bare,
    ({ name }) => name.startsWith(bare),
    ({ name }) => `SIG${name}`.startsWith(wanted),
    ({ number }) => String(number).startsWith(wanted),
  ];
  for (const test of tests) {
    const index = signals.findIndex(test);
    if (index >= 0) return index;
  }
  return -1;
}
