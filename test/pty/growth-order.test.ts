import { afterEach, expect, it } from 'vitest';
import { Programs } from '../helpers/programs.ts';
import type { Terminal } from '../helpers/pty.ts';
import { everySecond, firstRow, watchLeaks } from './growth-order.ts';

const programs = new Programs();
let terminal: Terminal | undefined;
afterEach(async () => {
  await terminal?.close();
  await programs.end();
});

it('the fastest of five leaks stands first from the moment growth is known', async () => {
  const leaks = await watchLeaks(programs);
  ({ terminal } = leaks);
  await leaks.terminal.waitFor((t) => firstRow(t).growth !== '', 'growth is known');
  const rows = [firstRow(leaks.terminal), ...(await everySecond(leaks.terminal, 8))];
  expect(rows.map(({ pid }) => pid)).toEqual(rows.map(() => leaks.fastest.pid));
  expect(rows.map(({ growth }) => growth)).not.toContain('');
});
