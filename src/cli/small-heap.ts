// Has V8 keep memtop's heap small once its screen is drawn: what a burst made it grow by is given back.
import { setFlagsFromString } from 'node:v8';

/** The last major version of Node.js in which both flags were tried: one that V8 does not know prints to stderr. */
const LAST_TRIED = 26;

/**
 * What V8 is asked for. By itself it collects the whole heap of a program that rests only when that makes less than 1 MB
 * of garbage a second, and lets the young generation double up to 32 MiB, each time that much has survived: after 800
 * processes have come and gone, or some hours, memtop would hold 24 MiB more for good.
 */
const FLAGS = [
  // A program that makes more garbage than that is collected too while it rests, step by step.
  '--optimize-for-size',
  // The young generation stays as large as the first screen made it. At the start V8 would take 1 for 2.
  '--semi-space-growth-factor=1',
];

/** Asks V8 for it, for the rest of this process. The start would be slower with it: best called when that is over. */
export function keepHeapSmall(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) > LAST_TRIED) return;
  for (const flag of FLAGS) setFlagsFromString(flag);
}
