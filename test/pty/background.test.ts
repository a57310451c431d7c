// A terminal that is asked for its background: what it answers decides the colours, and never reaches keys or shell.
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../helpers/pty.ts';
import { openTerminal } from '../helpers/pty.ts';
import { DARK_KEY, LIGHT_KEY, memtopBefore, type Question, whatIsLeft } from './background.ts';
import { ENVIRONMENT, LAUNCHER, watchIn } from './memtop.ts';

let terminal: Terminal;
afterEach(() => terminal.close());

const ATTRIBUTES = '\u001b[?62;22c';
/** Answers with these bytes to the question for the background, and says what it is to the other. */
const answering = (bytes: string) => (question: Question, t: Terminal) =>
  t.write(question === 'background' ? bytes : ATTRIBUTES);

describe('the colours of the default theme', () => {
  it.each([
    ['rgb:ffff/ffff/dddd', '\u0007'],
    ['rgb:ff/ff/dd', '\u001b\\'],
    ['rgba:eeee/eeee/eeee/ffff', '\u001b\\'],
  ])('are those of a light background where the terminal answers %s', async (colour, end) => {
    terminal = await watchIn({ onQuestion: answering(`\u001b]11;${colour}${end}`) });
    await terminal.waitFor((t) => t.output().includes(LIGHT_KEY), 'the light theme');
    const { length } = terminal.output();
    terminal.write('\u000c');
    await terminal.waitFor((t) => t.output().slice(length).includes(LIGHT_KEY), 'a whole frame');
    expect(terminal.output().slice(length)).not.toContain(DARK_KEY);
    terminal.write('q');
    expect(await terminal.exited).toEqual({ code: 0, signal: undefined });
  });

  it.each([
    ['a dark colour', '\u001b]11;rgb:1e1e/1e1e/1e1e\u0007'],
    ['nothing', ''],
    ['an answer that is not a colour', '\u001b]11;?q\u0007'],
    ['garbage', '\u001b]11;\u0007\u001b]11;rgb:zz/q/q\u001b\\\u001b[?q\u001b]2;qqq\u0007\u001b]11;rgb:ffff/ffff\u0007'],
    ['a colour that never ends', '\u001b]11;rgb:ffff/ffff/ffff'],
  ])('stay those of a dark background where it answers %s; no key is pressed', async (_, bytes) => {
    let isAsked = false;
    terminal = await watchIn({
      onQuestion: (question, t) => {
        answering(bytes)(question, t);
        isAsked ||= question === 'attributes';
      },
    });
    await terminal.waitFor(() => isAsked, 'the question');
    await terminal.waitFor(
      (t) => /^› .*[\s\S]*memtop \d/m.test(t.screen().join('\n')),
      'the table, without help or prompt',
    );
    // An answer without an end is given up when it has been silent for a while; until then keys are taken for its rest.
    await untilKeysAct(terminal);
    expect(terminal.output()).not.toContain(LIGHT_KEY);
    terminal.write('q');
    expect(await terminal.exited).toEqual({ code: 0, signal: undefined });
  });

  it('change when the answer comes late, byte by byte', async () => {
    const bytes = `\u001b]11;rgb:ffff/ffff/ffff\u0007${ATTRIBUTES}`;
    let written: Promise<void> | undefined;
    terminal = await watchIn({
      onQuestion: (question, t) => {
        if (question === 'attributes') written = writeSlowly(t, bytes);
      },
    });
    await terminal.waitFor((t) => t.output().includes(LIGHT_KEY), 'the light theme');
    await written;
    expect(terminal.screen().join('\n')).toMatch(/^› /m);
    terminal.write('q');
    expect((await terminal.exited).code).toBe(0);
  });

  it('are queried again after Ctrl-Z and fg', async () => {
    let colour = 'rgb:0000/0000/0000';
    let requested = 0;
    terminal = openTerminal({
      command: 'bash',
      args: ['--norc', '--noprofile', '-i'],
      env: { ...ENVIRONMENT, PS1: 'ready> ', HISTFILE: '/dev/null' },
      onQuestion: (question, t) => {
        answering(`\u001b]11;${colour}\u0007`)(question, t);
        // The last question: before a key is typed both have been answered, and nothing of that is left to the shell.
        if (question === 'attributes') requested += 1;
      },
    });
    await terminal.waitFor(/ready>/);
    terminal.write(`'${process.execPath}' '${LAUNCHER}' -d 200ms\r`);
    await terminal.waitFor((t) => requested > 0 && /COMMAND/.test(t.screen().join('\n')), 'memtop, which asks');
    colour = 'rgb:ffff/ffff/ffff';
    terminal.write('\u001a');
    await terminal.waitFor((t) => !t.modes().alternateBuffer && /Stopped/.test(t.screen().join('\n')), 'the shell');
    terminal.write('fg\r');
    await terminal.waitFor((t) => t.output().includes(LIGHT_KEY), 'the light theme');
    expect(requested).toBeGreaterThan(1);
    terminal.write('q');
    await terminal.waitFor((t) => !t.modes().alternateBuffer, 'the shell again');
  });
});

describe('no question', () => {
  it.each([
    ['TERM=linux', { TERM: 'linux' }],
    ['GNU screen', { TERM: 'screen-256color' }],
    ['COLORFGBG', { COLORFGBG: '0;15' }],
    ['NO_COLOR', { NO_COLOR: '1' }],
  ])('is asked with %s', async (_, env) => {
    const questions: Question[] = [];
    terminal = await watchIn({ env, onQuestion: (question) => questions.push(question) });
    await terminal.waitFor(/COMMAND/);
    terminal.write('?');
    await terminal.waitFor(/close/, 'help');
    terminal.write('\u0003');
    await terminal.exited;
    expect(questions).toEqual([]);
    expect(terminal.output()).not.toContain('\u001b]');
  });

  it('is queried before the first frame', async () => {
    const order: string[] = [];
    terminal = await watchIn({ onQuestion: (question, t) => order.push(`${question} ${/COMMAND/.test(t.output())}`) });
    await terminal.waitFor(() => order.length === 2, 'both questions');
    expect(order).toEqual(['background true', 'attributes true']);
  });
});

describe('nothing of an answer reaches the shell', () => {
  const LIGHT = '\u001b]11;rgb:ffff/ffff/ffff\u0007';

  it.each([
    ['q', (t: Terminal) => t.write('q')],
    ['Ctrl-C', (t: Terminal) => t.write('\u0003')],
    ['SIGTERM', (_: Terminal, pid: number) => process.kill(pid, 'SIGTERM')],
    ['SIGHUP', (_: Terminal, pid: number) => process.kill(pid, 'SIGHUP')],
  ])('when %s ends memtop 50 ms before it comes', async (_, end) => {
    terminal = await memtopBefore({ end, answerAfter: 50, answer: LIGHT + ATTRIBUTES });
    expect(await whatIsLeft(terminal)).toEqual('');
    expect(terminal.output().split('\u001b[?1049l').at(-1)).not.toMatch(/11;|\^\[|62;22/);
  });

  it('when Ctrl-Z stops memtop before it comes', async () => {
    terminal = await memtopBefore({ end: (t) => t.write('\u001a'), answerAfter: 50, answer: LIGHT + ATTRIBUTES });
    expect(await whatIsLeft(terminal)).toEqual('');
  });

  it('and a terminal that never answers does not keep memtop from ending', async () => {
    terminal = await memtopBefore({ end: (t) => t.write('q'), answer: undefined });
    expect(await whatIsLeft(terminal)).toEqual('');
  });
});

/** Types `?` until it opens help, and closes it. */
async function untilKeysAct(t: Terminal): Promise<void> {
  t.write('?');
  const again = setInterval(() => t.write('?'), 2000);
  try {
    await t.waitFor(/close this help|q close/, 'the help that ? opens');
  } finally {
    clearInterval(again);
  }
  t.write('\u001b');
  await t.waitFor(/COMMAND/);
}

async function writeSlowly(t: Terminal, bytes: string): Promise<void> {
  for (const byte of bytes) {
    t.write(byte);
    await pause(2);
  }
}
