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

/** Every signal worth offering. Names that are only second names of these (IOT, POLL, CLD, UNUSED) are left out. */
const MEANINGS: Readonly<Record<string, readonly [Standard, string]>> = {
  HUP: ['ends', 'its terminal is gone; many daemons read their configuration anew'],
  INT: ['ends', 'as Ctrl-C: break off what it does'],
  QUIT: ['ends', 'as Ctrl-\\: end, with a core dump'],
  ILL: ['ends', 'illegal instruction: end, with a core dump'],
  TRAP: ['ends', 'a breakpoint, for debuggers'],
  ABRT: ['ends', 'end as if by abort(3), with a core dump'],
  EMT: ['ends', 'emulator trap'],
  BUS: ['ends', 'bad memory access: end, with a core dump'],
  FPE: ['ends', 'arithmetic error: end, with a core dump'],
  KILL: ['ends', 'end at once; cannot be caught, nothing is saved'],
  USR1: ['ends', "the program's own first signal; Node.js opens its inspector"],
  SEGV: ['ends', 'bad memory access: end, with a core dump'],
  USR2: ['ends', "the program's own second signal"],
  PIPE: ['ends', 'nobody reads its pipe any more'],
  ALRM: ['ends', 'its alarm clock rings'],
  TERM: ['ends', 'please end: it may save and clean up first'],
  STKFLT: ['ends', 'stack fault; not used'],
  CHLD: ['nothing', 'a child of it has ended'],
  CONT: ['continues', 'go on, after STOP'],
  STOP: ['stops', 'stand still until CONT; cannot be caught'],
  TSTP: ['stops', 'as Ctrl-Z: stand still until CONT'],
  TTIN: ['stops', 'reads the terminal from the background'],
  TTOU: ['stops', 'writes to the terminal from the background'],
  URG: ['nothing', 'urgent data on a socket'],
  XCPU: ['ends', 'its CPU time is used up'],
  XFSZ: ['ends', 'its file has become too large'],
  VTALRM: ['ends', 'its virtual alarm clock rings'],
  PROF: ['ends', 'its profiling timer rings'],
  WINCH: ['nothing', 'the size of its window has changed'],
  IO: ['ends', 'input or output is possible'],
  PWR: ['ends', 'power failure'],
  INFO: ['nothing', 'as Ctrl-T: tell how far it is'],
  SYS: ['ends', 'bad system call: end, with a core dump'],
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
      return [{ name, number, standard, meaning: platform === 'win32' ? 'end at once; nothing is saved' : meaning }];
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
