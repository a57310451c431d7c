// Has V8 keep memtop's heap small once its screen is drawn: what a burst made it grow by is returned to the system.

/** The last major version of Node.js in which both flags were tried: one that V8 does not know prints to stderr. */
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

/** Sets the flags for the rest of this process. They would slow the start: best called when that is over. */
export function keepHeapSmall(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) > LAST_TRIED) return;
  // Loaded when it is needed: it loads streams, which no printing start needs.
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const flag of FLAGS) setFlagsFromString(flag);
}
