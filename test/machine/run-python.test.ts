// Needs python3.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ended, memtop, start } from '../helpers/program.ts';
import { Programs } from '../helpers/programs.ts';

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

  it('keeps the exit code', async () => {
    expect(await memtop('run', 'python3', '-c', 'raise SystemExit(9)')).toMatchObject({ code: 9 });
  });
});
