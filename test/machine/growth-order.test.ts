import { afterEach, expect, it } from 'vitest';
import { Programs } from '../helpers/programs.ts';
import type { Terminal } from '../helpers/pty.ts';
import { until } from '../helpers/until.ts';
import { everySecond, watchLeaks } from '../pty/growth-order.ts';

const programs = new Programs();
let terminal: Terminal | undefined;
afterEach(async () => {
  await terminal?.close();
  await programs.end();
});

it('the fastest of five leaks stands first at every second from the 10th to the 60th', {
  timeout: 120_000,
}, async () => {
  const leaks = await watchLeaks(programs);
  ({ terminal } = leaks);
  const began = performance.now();
  await until(() => performance.now() - began >= 9000);
  const rows = await everySecond(leaks.terminal, 51);
  expect(rows.map(({ pid }) => pid)).toEqual(rows.map(() => leaks.fastest.pid));
});
