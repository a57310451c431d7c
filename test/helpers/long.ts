// How much of a long test is run: all of it with `npm run soak`, a part that shows the same with `npm run test:machine`.

const IS_WHOLE = process.env['MEMTOP_LONG_TESTS'] === '1';

/** The first number for the whole, the second for the part. */
export function amount(whole: number, part: number): number {
  return IS_WHOLE ? whole : part;
}
