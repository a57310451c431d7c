// A real terminal for tests: a pseudo terminal with a program in it, and a virtual screen that shows what it draws.

import { execFileSync } from 'node:child_process';
import { readlinkSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { type CellStyle, rowsOf, styleAt } from './screen.ts';

export interface TerminalOptions {
  readonly command: string;
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  /** The whole environment of the program; TERM is xterm-256color unless it says otherwise. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /**
   * Is given each question for the colour of the background (OSC 11) and for the primary device attributes, in the place
   * of the answers that the virtual screen gives: none to the first, `ESC [ ? 1 ; 2 c` to the second.
   */
  readonly onQuestion?: (question: 'background' | 'attributes', terminal: Terminal) => void;
}

/** How the program ended: an exit code, or the number of the signal that ended it. */
export interface Exit {
  readonly code: number;
  readonly signal: number | undefined;
}

/** What a program may have switched, and has to switch back. */
export interface Modes {
  readonly alternateBuffer: boolean;
  readonly cursorHidden: boolean;
  readonly mouseTracking: boolean;
  readonly bracketedPaste: boolean;
  readonly applicationCursorKeys: boolean;
}

/** What a terminal is like before any program has touched it. */
export const untouched: Modes = {
  alternateBuffer: false,
  cursorHidden: false,
  mouseTracking: false,
  bracketedPaste: false,
  applicationCursorKeys: false,
};

const timeout = 30_000;

/** Milliseconds without a byte after which a frame is taken to be whole: a frame may come in several reads. */
const QUIET = 40;
/** How often that is waited for at most: what draws all the time is never quiet. */
const QUIET_TIMES = 10;

/** Milliseconds until a terminal that was full is tried again. */
const TYPE_AGAIN = 2;

/** How many of these bytes a terminal takes now: none when it is full, all when nothing is there to take them. */
function writtenOf(descriptor: number, bytes: Buffer): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 0 : bytes.length;
  }
}

/** A terminal with a program in it. Close it when the test ends, however it ends. */
export class Terminal {
  readonly exited: Promise<Exit>;
  readonly #pty: IPty;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #chunks: string[] = [];
  /** What is still to be typed. */
  readonly #typed: Buffer[] = [];
  readonly #watchers = new Set<() => void>();
  #cursorHidden = false;
  #exit: Exit | undefined;

  constructor({
    command,
    args = [],
    columns = 80,
    rows = 24,
    env = process.env,
    cwd = process.cwd(),
    onQuestion,
  }: TerminalOptions) {
    this.#screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
    this.#pty = spawn(command, [...args], {
      cols: columns,
      rows,
      cwd,
      env: { TERM: 'xterm-256color', ...env },
      name: env['TERM'] ?? 'xterm-256color',
    });
    for (const [final, hidden] of [
      ['h', false],
      ['l', true],
    ] as const) {
      this.#screen.parser.registerCsiHandler({ prefix: '?', final }, (parameters) => {
        if (parameters.includes(25)) this.#cursorHidden = hidden;
        return false;
      });
    }
    if (onQuestion !== undefined) this.#answerBy(onQuestion);
    // What the screen answers (where is the cursor? what are you?) goes to the program, as in a real terminal.
    this.#screen.onData((reply) => this.write(reply));
    this.#pty.onData((data) => this.#receive(data));
    this.exited = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#exit = { code: exitCode, signal: signal === 0 ? undefined : signal };
        // The last bytes may still be on their way to the screen.
        this.#screen.write('', () => {
          this.#tell();
          resolve(this.#exit as Exit);
        });
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Types text, or sends any bytes a terminal would. What the program has not read yet waits, and is read meanwhile. */
  write(text: string): void {
    this.#typed.push(Buffer.from(text));
    if (this.#typed.length === 1) this.#type();
  }

  /** Changes the size, as dragging the window's edge does. */
  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Takes the terminal away, as a lost connection does; the program in it may live on for a while. */
  hangUp(): void {
    (this.#pty as unknown as { destroy(): void }).destroy();
  }

  /** The rows on screen now, without the blanks at their ends. */
  screen(): string[] {
    return rowsOf(this.#screen);
  }

  /** How the character at a place of the screen is drawn; row and column count from 0. */
  style(row: number, column: number): CellStyle {
    return styleAt(this.#screen, row, column);
  }

  /** Where the cursor is, counted from 0. */
  cursor(): { readonly row: number; readonly column: number } {
    const { cursorX, cursorY } = this.#screen.buffer.active;
    return { row: cursorY, column: cursorX };
  }

  /** All that the program has written so far. */
  output(): string {
    return this.#chunks.join('');
  }

  modes(): Modes {
    const { mouseTrackingMode, bracketedPasteMode, applicationCursorKeysMode } = this.#screen.modes;
    return {
      alternateBuffer: this.#screen.buffer.active.type === 'alternate',
      cursorHidden: this.#cursorHidden,
      mouseTracking: mouseTrackingMode !== 'none',
      bracketedPaste: bracketedPasteMode,
      applicationCursorKeys: applicationCursorKeysMode,
    };
  }

  /** The line settings of the terminal, as `stty -g` prints them: equal before and after a program that restores them. */
  lineSettings(): string {
    const terminal = this.#exit === undefined ? readlinkSync(`/proc/${this.pid}/fd/0`) : undefined;
    if (terminal === undefined)
      throw new Error('The program has ended, and its terminal with it: ask from a shell in it.');
    return execFileSync('stty', ['-F', terminal, '-g'], { encoding: 'utf8' }).trim();
  }

  /**
   * Waits until the screen shows something, and then for the rest of the frame that shows it.
   * @param expected a pattern that the rows joined by line feeds must match, or a question about the terminal
   * @param what is waited for, for the message when it never comes
   */
  async waitFor(expected: RegExp | ((terminal: Terminal) => boolean), what = String(expected)): Promise<void> {
    const isMet = () => (typeof expected === 'function' ? expected(this) : expected.test(this.screen().join('\n')));
    await new Promise<void>((resolve, reject) => {
      const finish = (error?: Error) => {
        clearTimeout(limit);
        this.#watchers.delete(check);
        if (error === undefined) resolve();
        else reject(error);
      };
      const check = () => {
        try {
          if (isMet()) finish();
          else if (this.#exit !== undefined) finish(this.#failure(`The program ended before this came: ${what}`));
        } catch (error) {
          finish(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const limit = setTimeout(() => finish(this.#failure(`Waited ${timeout / 1000} s in vain for: ${what}`)), timeout);
      this.#watchers.add(check);
      check();
    });
    await this.#quiet();
  }

  /** Sends a signal to the program. */
  kill(signal: NodeJS.Signals = 'SIGTERM'): void {
    if (this.#exit === undefined) this.#pty.kill(signal);
  }

  /** Ends the program if it still runs, and waits until it is gone. */
  async close(): Promise<void> {
    this.kill('SIGKILL');
    await this.exited;
    this.#screen.dispose();
  }

  #answerBy(onQuestion: NonNullable<TerminalOptions['onQuestion']>): void {
    const { parser } = this.#screen;
    parser.registerOscHandler(11, (colour) => {
      if (colour === '?') onQuestion('background', this);
      return true;
    });
    parser.registerCsiHandler({ final: 'c' }, () => {
      onQuestion('attributes', this);
      return true;
    });
  }

  /**
   * node-pty's own write blocks while the program reads nothing, in a loop of libuv; a program that waits for its output to
   * be read meanwhile would wait for ever.
   */
  #type(): void {
    const { fd, _socket } = this.#pty as unknown as { fd: number; _socket: { destroyed: boolean } };
    for (let next = this.#typed[0]; next !== undefined; next = this.#typed[0]) {
      // The number of a closed descriptor may be that of another file by now.
      const written = this.#exit !== undefined || _socket.destroyed ? next.length : writtenOf(fd, next);
      if (written < next.length) {
        this.#typed[0] = next.subarray(written);
        setTimeout(() => this.#type(), TYPE_AGAIN);
        return;
      }
      this.#typed.shift();
    }
  }

  /** Settles when nothing has come for a moment, and what came before has been drawn. */
  async #quiet(): Promise<void> {
    for (let times = 0; times < QUIET_TIMES && this.#exit === undefined; times += 1) {
      const { length } = this.#chunks;
      await delay(QUIET);
      await new Promise<void>((resolve) => this.#screen.write('', resolve));
      if (this.#chunks.length === length) return;
    }
  }

  #receive(data: string): void {
    this.#chunks.push(data);
    this.#screen.write(data, () => this.#tell());
  }

  #tell(): void {
    for (const check of [...this.#watchers]) check();
  }

  #failure(sentence: string): Error {
    const frame = this.screen().map((row) => `  | ${row}`);
    const state = JSON.stringify({ ...this.modes(), exit: this.#exit });
    return new Error([`${sentence}`, `  ${state}`, ...frame].join('\n'));
  }
}

/** Starts a program in a terminal of its own. */
export function openTerminal(options: TerminalOptions): Terminal {
  return new Terminal(options);
}
