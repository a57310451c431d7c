// Needs python3.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ended, memtop, start } from '../helpers/program.ts';
import { Programs } from '../helpers/programs.ts';

/** The distribution's own, which may be another one than the first on the PATH. */
const SYSTEM_PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

const programs = new Programs();

afterEach(() => programs.end());

describe('memtop run with Python', () => {
  it('runs a sitecustomize that was there before', async () => {
    const existing = join(programs.folder(), 'lib');
    mkdirSync(existing);
    writeFileSync(join(existing, 'sitecustomize.py'), 'print("MINE")\n');
    const child = start(['run', '--', 'python3', '-c', 'print("MAIN")'], { env: { PYTHONPATH: existing } });
    expect(await ended(child)).toMatchObject({ code: 0, stdout: 'MINE\nMAIN\n' });
  });

  // Where the agent's thread is at that moment decides: each of these crashed Debian's Python 3.11 in some of its starts.
  it.each([
    ['at once', 'pass', 60],
    ['while the agent is loaded', 'import sys, time; time.sleep(0.095 + int(sys.argv[1]) * 0.0015)', 24],
    ['after a fork', 'import os, sys; child = os.fork(); sys.exit(os.waitpid(child, 0)[1] if child else 0)', 5],
  ])('ends well with -X dev %s, however often', async (_when, code, times) => {
    const starts = `for number in $(seq ${times}); do "$0" -X dev -c "$1" $number || exit 1; done; echo all`;
    expect(await memtop('run', '--', 'sh', '-c', starts, SYSTEM_PYTHON, code)).toEqual({
      code: 0,
      stdout: 'all\n',
      stderr: '',
    });
  });

  it('keeps the exit code', async () => {
    expect(await memtop('run', 'python3', '-c', 'raise SystemExit(9)')).toMatchObject({ code: 9 });
  });
});
