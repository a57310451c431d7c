// The manual page as the formatters of this machine see it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasProgram } from '../helpers/other-programs.ts';

const page = fileURLToPath(new URL('../../man/memtop.1', import.meta.url));

describe.skipIf(!hasProgram('groff'))('groff', () => {
  it('formats the page without a warning', () => {
    const { stdout, stderr } = spawnSync('groff', ['-ww', '-man', '-Tutf8', page], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.length).toBeGreaterThan(5000);
  });
});

describe.skipIf(!hasProgram('man', 'man-db'))('man', () => {
  it('shows the page without a warning', () => {
    const env = { ...process.env, MANWIDTH: '80', LANG: 'C.UTF-8', MAN_KEEP_FORMATTING: '' };
    const { stdout, stderr } = spawnSync('man', ['--warnings', '-l', page], { encoding: 'utf8', env });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/memtop collect/);
  });
});

describe.skipIf(!hasProgram('mandoc'))('mandoc', () => {
  it('finds nothing to complain about', () => {
    const { stdout } = spawnSync('mandoc', ['-Tlint', page], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});
