// Descriptors that run out while memtop runs: util-linux's prlimit takes them away and gives them back.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { hasProgram } from '../helpers/other-programs.ts';
import { watchIn } from '../pty/memtop.ts';

const can = process.platform === 'linux' && hasProgram('prlimit', 'util-linux');

it.runIf(can)(
  'too many open files: it is reported, the list stays, and the next listing that succeeds goes on',
  async () => {
    const terminal = await watchIn({ columns: 120 });
    try {
      await terminal.waitFor(/PID.*RSS/, 'the table');
      const limit = (soft: number) => execFileSync('prlimit', [`--nofile=${soft}:`, '--pid', String(terminal.pid)]);
      limit(10);
      await terminal.waitFor(/Processes could not be listed: too many open files/, 'the report');
      expect(terminal.screen().join('\n')).toMatch(/^ *›? +\d+ +\S+ +[\d.]+[KMG]/m);
      limit(1024);
      await terminal.waitFor(() => !terminal.screen().join('\n').includes('too many open files'), 'the end of it');
      terminal.write('q');
      expect(await terminal.exited).toMatchObject({ code: 0 });
    } finally {
      await terminal.close();
    }
  },
);
