// memtop with hardly any descriptors: a listing that fails is reported, and the next one goes on.
import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { openTerminal } from '../helpers/pty.ts';
import { ENVIRONMENT, LAUNCHER } from './memtop.ts';

/**
 * Descriptors that Node.js holds by itself, and one to read a file: 19 by version 20, 22 by 24. The kernel hands out the
 * lowest number that is free, and RLIMIT_NOFILE limits the numbers (getrlimit(2)): a high number that is inherited, as
 * from a CI runner, takes no room below the limit and does not count.
 */
const OF_NODE =
  Number(execFileSync(process.execPath, ['-p', "require('node:fs').openSync('/dev/null')"], { encoding: 'utf8' })) + 1;

test('with five descriptors more than Node.js holds the table is drawn, keys work, and q quits with 0', async () => {
  const terminal = openTerminal({
    command: '/bin/sh',
    args: ['-c', `ulimit -n ${OF_NODE + 5}; exec "$@"`, 'sh', process.execPath, LAUNCHER, '-d', '200ms'],
    env: ENVIRONMENT,
    columns: 120,
  });
  onTestFinished(() => terminal.close());
  await terminal.waitFor(/PID.*RSS/, 'the table');
  terminal.write('P');
  await terminal.waitFor(/CPU%?▼/, 'the sort by CPU');
  terminal.write('\r');
  await terminal.waitFor(/Esc/, 'the pane');
  terminal.write('\u001b');
  terminal.write('N');
  await terminal.waitFor(/PID[▲▼]/, 'the sort by PID');
  terminal.write('q');
  expect(await terminal.exited).toMatchObject({ code: 0 });
});
