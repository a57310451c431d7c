// Whatever happens to memtop, the terminal is afterwards as it was before.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { openTerminal, type Terminal, untouched } from '../helpers/pty.ts';
import { until } from '../helpers/until.ts';
import { ENVIRONMENT, LAUNCHER, startIn, watchIn } from './memtop.ts';

let terminal: Terminal;
afterEach(() => terminal.close());

/** A shell in the terminal, in which memtop is a job like any other. */
async function shell(): Promise<Terminal> {
  const opened = openTerminal({
    command: 'bash',
    args: ['--norc', '--noprofile', '-i'],
    // With COLORFGBG nothing is asked: an answer that a busy machine delays would be typed into the shell.
    env: { ...ENVIRONMENT, COLORFGBG: '15;0', PS1: 'ready> ', HISTFILE: '/dev/null' },
  });
  await opened.waitFor(/ready>/);
  return opened;
}

const MEMTOP = `'${process.execPath}' '${LAUNCHER}' -d 200ms`;
const THROWING = fileURLToPath(new URL('../fixtures/programs/throw-on-signal.cjs', import.meta.url));

/** The pid of the memtop that runs in a shell's terminal, as it shows itself. */
async function startMemtop(before: string): Promise<void> {
  terminal.write(`${before}${MEMTOP}\r`);
  await terminal.waitFor(
    (t) => t.modes().alternateBuffer && /Mem/.test(t.screen().join('\n')),
    'memtop on the alternate screen',
  );
}

describe('the terminal is given back', () => {
  it('after q: modes, line settings and what stood there before', async () => {
    terminal = await shell();
    const settings = terminal.lineSettings();
    await startMemtop('echo before; ');
    expect(terminal.modes()).toMatchObject({ alternateBuffer: true, cursorHidden: true });
    terminal.write('q');
    await terminal.waitFor(
      (t) =>
        !t.modes().alternateBuffer &&
        /before[\s\S]*ready> $|before[\s\S]*ready>$/.test(t.screen().join('\n').trimEnd()),
      'the shell again',
    );
    expect({ ...terminal.modes(), bracketedPaste: false }).toEqual(untouched);
    terminal.write('stty -g; echo "code $?"\r');
    await terminal.waitFor(/code 0/);
    // The shell reads a line with settings of its own, which it makes when the command before has ended.
    await until(() => terminal.lineSettings() === settings);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('after %s, with exit code %i', async (signal, code) => {
    terminal = await watchIn();
    terminal.kill(signal);
    const exit = await terminal.exited;
    expect(exit.signal === undefined ? exit.code : 128 + exit.signal).toBe(code);
    expect(terminal.modes()).toEqual(untouched);
  });

  it('after a bug: the stack can be read, exit code 70', async () => {
    terminal = await watchIn({ env: { NODE_OPTIONS: `--require "${THROWING}"` } });
    terminal.kill('SIGUSR2');
    expect(await terminal.exited).toEqual({ code: 70, signal: undefined });
    expect(terminal.modes()).toEqual(untouched);
    expect(terminal.screen().join('\n')).toContain('planted by the test');
  });

  it('by Ctrl-Z, and fg takes it again with the size it has then', async () => {
    terminal = await shell();
    await startMemtop('');
    terminal.write('\u001a');
    await terminal.waitFor(
      (t) => !t.modes().alternateBuffer && /Stopped/.test(t.screen().join('\n')),
      'the shell says Stopped',
    );
    expect(terminal.modes()).toMatchObject({ cursorHidden: false });
    terminal.resize(100, 30);
    terminal.write('fg\r');
    await terminal.waitFor(
      (t) => t.modes().alternateBuffer && t.screen().length === 30 && /memtop/.test(t.screen()[29] ?? ''),
      'memtop again, on 30 lines',
    );
    terminal.write('q');
    await terminal.waitFor((t) => !t.modes().alternateBuffer, 'the shell again');
  });

  it('when it is stopped and continued from outside', async () => {
    terminal = await watchIn();
    terminal.kill('SIGSTOP');
    terminal.kill('SIGCONT');
    const written = terminal.output().length;
    await terminal.waitFor((t) => t.output().slice(written).includes('\u001b[?1049h'), 'the screen taken again');
    await terminal.waitFor(/COMMAND/);
  });
});

describe('resizing', () => {
  it('any size is filled exactly, while keys go on working', async () => {
    terminal = await watchIn();
    for (const [columns, rows] of [
      [160, 50],
      [40, 10],
      [20, 5],
      [10, 3],
      [200, 60],
      [80, 24],
    ] as const) {
      terminal.resize(columns, rows);
      await terminal.waitFor((t) => /^Mem/m.test(t.screen().join('\n')), `a header at ${columns}×${rows}`);
      terminal.write('jk');
    }
    await terminal.waitFor(
      (t) => /memtop \d/.test(t.screen()[23] ?? '') && /COMMAND/.test(t.screen()[4] ?? ''),
      'the frame of 80×24',
    );
  });
});

describe('odd surroundings', () => {
  it('a terminal of 10×3 shows what fits', async () => {
    terminal = await watchIn({ columns: 10, rows: 3 });
    expect(terminal.screen()[1]).toMatch(/^›/);
  });

  it('LANG=C draws in ASCII', async () => {
    terminal = await watchIn({ env: { LANG: 'C' } });
    await terminal.waitFor(/COMMAND/);
    expect(terminal.screen().join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
    expect(terminal.screen().join('\n')).toMatch(/^>/m);
  });

  it('NO_COLOR draws without colour, the selection still marked', async () => {
    terminal = await watchIn({ env: { NO_COLOR: '1' } });
    await terminal.waitFor(/^›/m);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what must not be there.
    expect(terminal.output()).not.toMatch(/\u001b\[[0-9;]*[1-9][0-9]*m/);
  });

  it('CI=true on a terminal is a terminal', async () => {
    terminal = await watchIn({ env: { CI: 'true' } });
    await terminal.waitFor(/COMMAND/);
  });

  it('TERM=dumb gets one table and no escapes', async () => {
    terminal = startIn({ env: { ...ENVIRONMENT, TERM: 'dumb' }, columns: 200 });
    expect((await terminal.exited).code).toBe(0);
    expect(terminal.output()).toContain('COMMAND');
    expect(terminal.output()).not.toContain('\u001b');
  });

  it('without a keyboard it says so and what to do', async () => {
    terminal = openTerminal({ command: 'bash', args: ['-c', `${MEMTOP} < /dev/null`], env: ENVIRONMENT });
    expect((await terminal.exited).code).toBe(2);
    expect(terminal.screen().join(' ')).toMatch(/stdin is not a terminal.*--once/);
  });
});
