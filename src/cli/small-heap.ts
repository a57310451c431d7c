// Has V8 keep memtop small once its screen is drawn: what a burst made the heap grow by is returned to the system, and
// little is compiled for speed.

/** The last major version of Node.js in which the flags were tried: one that V8 does not know prints to stderr. */
const LAST_TRIED = 26;

/**
 * The flags for V8. By itself it collects the whole heap of a program that rests only when that makes less than 1 MB
 * of garbage a second, and lets the young generation double up to 32 MiB, each time that much has survived: after 800
 * processes have come and gone, or some hours, memtop would hold 24 MiB more for good.
 */
const FLAGS = [
  // A program that makes more garbage than that is collected too while it rests, step by step.
  '--optimize-for-size',
  // The young generation stays as large as the first screen made it. At the start V8 would take 1 for 2.
  '--semi-space-growth-factor=1',
];

/**
 * What has V8 optimize only what runs many times as often as by default. A monitor runs for milliseconds a second, each
 * time a little of everything: threads of V8 spent as long on optimizing that as the main thread on running it, for minutes.
 * The flag is another one since V8 12. In Node.js 22 it gains nothing.
 */
const RARE_OPTIMIZING: Readonly<Record<number, string>> = {
  20: '--interrupt-budget=1000000',
  24: '--invocation-count-for-turbofan=45000',
  26: '--invocation-count-for-turbofan=45000',
};

/** Sets the flags for the rest of this process. They would slow the start: best called when that is over. */
export function keepHeapSmall(version: string = process.versions.node): void {
  const major = Number.parseInt(version, 10);
  if (major > LAST_TRIED) return;
  // Loaded when it is needed: it loads streams, which no printing start needs.
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  const rare = RARE_OPTIMIZING[major];
  for (const flag of rare === undefined ? FLAGS : [...FLAGS, rare]) setFlagsFromString(flag);
}
