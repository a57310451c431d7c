// The tests of this folder have a second try; every other unit test has one. Here memtop, a shell and a terminal are three
// programs that answer one another within milliseconds of a real clock (Esc and the key after it, the answer of a terminal
// that is being left): on a machine that starves one of them, what was typed means something else.
import { beforeAll } from 'vitest';
import { pathOf, type Suite, tryMore } from '../helpers/tries.ts';

// biome-ignore lint/correctness/noEmptyPattern: the suite is the second argument.
beforeAll(({}, suite: Suite) => {
  if (pathOf(suite).includes('/test/pty/')) tryMore(suite, 1);
});
