// Variables that name memtop's pid name the program's.
import { describe, expect, it } from 'vitest';
import { withPidOfProgram } from '../../../src/agent/launch/own-pid.ts';

const words = ['server', '--port', '80'];

describe('a start', () => {
  it('with our pid goes by a shell that sets its own and becomes the program', () => {
    const environment = { LISTEN_PID: '7', LISTEN_FDS: '2', LISTEN_PIDFDID: '9', A: 'b' };
    expect(withPidOfProgram({ words, environment }, 7)).toEqual({
      words: ['/bin/sh', '-c', 'LISTEN_PID=$$ exec "$@"', '/bin/sh', ...words],
      environment: { LISTEN_PID: '7', LISTEN_FDS: '2', A: 'b' },
    });
  });

  it('is left unchanged without the flag, or without a shell', () => {
    const other = { words, environment: { LISTEN_PID: '70', WATCHDOG_PID: '1' } };
    expect(withPidOfProgram(other, 7)).toEqual(other);
    const own = { words, environment: { LISTEN_PID: '7' } };
    expect(withPidOfProgram(own, 7, '/nowhere/sh')).toEqual(own);
  });
});
