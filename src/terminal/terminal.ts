// The tty itself: taken over on enter, given back as it was on leave, whatever happens in between.
import { writeSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';
import { Inquiry } from './inquiry.ts';
import { Intruders } from './intruders.ts';
import { type Input, KeyReader } from './keys.ts';
import type { ReportedColour } from './replies.ts';
import {
  CLEAR_TO_LINE_END,
  ENTER_SCREEN,
  LEAVE_SCREEN,
  MOUSE_OFF,
  MOUSE_ON,
  moveTo,
  RESET_STYLE,
} from './sequences.ts';
import { type Size, sizeOf } from './size.ts';

/** The descriptor of stdout; the restoring bytes are written there directly. */
const STDOUT = 1;
/** Milliseconds of running time that show that memtop did not stop itself, or was continued. */
const RESUME_DELAY = 50;

export interface TerminalEvents {
  input(inputs: readonly Input[]): void;
  resize(size: Size): void;
  /** The screen is ours again after a suspension, and empty. */
  resumed(): void;
  /** Something else in this process tried to write to the terminal: its text, which was not written. */
  intruded(text: string): void;
  /** The terminal has reported the colour of its background. */
  background(colour: ReportedColour): void;
  /** The terminal is gone. */
  hungUp(): void;
}

/** One terminal, made of the two ends a program is given. */
export class Terminal {
  readonly #stdin: ReadStream;
  readonly #stdout: WriteStream;
  readonly #events: TerminalEvents;
  readonly #intruders: Intruders;
  /** The bypass of the block on other writers. */
  readonly #write: (bytes: string) => unknown;
  /** Without it the mouse is the terminal's own: for selecting text, and for its scrollbar. */
  readonly #hasMouse: boolean;
  readonly #inquiry: Inquiry;
  readonly #keys: KeyReader;
  #escapeTimer: NodeJS.Timeout | undefined;
  #isEntered = false;
  #isSuspended = false;
  /** Whether its background is queried again after each suspension: it may be another terminal then. */
  #asksBackground = false;
  /** Whether it is about to be given back: what comes until then is dropped. */
  #isSettling = false;
  #undo: (() => void)[] = [];

  constructor(stdin: ReadStream, stdout: WriteStream, events: TerminalEvents, hasMouse: boolean) {
    this.#stdin = stdin;
    this.#stdout = stdout;
    this.#events = events;
    const now = () => performance.now();
    this.#inquiry = new Inquiry(now, (colour) => {
      if (!this.#isSettling) events.background(colour);
    });
    this.#keys = new KeyReader(now, this.#inquiry);
    this.#intruders = new Intruders((text) => events.intruded(text));
    this.#write = stdout.write.bind(stdout);
    this.#hasMouse = hasMouse;
  }

  get size(): Size {
    return sizeOf(this.#stdout, process.env);
  }

  /** Takes the terminal over. It is given back by `close`, or when the process ends in any other way. */
  open(): void {
    this.#listen(this.#stdin, 'data', (chunk: string) => this.#read(chunk));
    for (const stream of [this.#stdin, this.#stdout]) this.#listen(stream, 'error', () => this.#hungUp());
    this.#listen(this.#stdin, 'end', () => this.#hungUp());
    this.#listen(this.#stdout, 'resize', () => this.#events.resize(this.size));
    this.#listen(process, 'SIGTSTP', () => this.suspend());
    this.#listen(process, 'SIGCONT', () => this.#resume());
    // Without a listener Node opens its inspector, and says so across the screen.
    if (process.platform !== 'win32') this.#listen(process, 'SIGUSR1', () => this.#events.resumed());
    this.#listen(process, 'exit', () => this.#leave());
    this.#leaveBeforeErrors();
    this.#stdin.setEncoding('utf8');
    this.#enter();
    // The size may have changed since it was read for the first time, before anything listened.
    askForSize();
  }

  /** Asks the terminal for the colour of its background, and again after each suspension. It may never answer. */
  askBackground(): void {
    this.#asksBackground = true;
    this.write(this.#inquiry.begin());
  }

  /**
   * To be awaited before `close`: settles when no answer of the terminal is on its way, which would be typed into the
   * shell, and after 150 ms in any case. What comes in the meantime is dropped.
   */
  async settle(): Promise<void> {
    if (!this.#isEntered || !this.#inquiry.isWaiting) return;
    this.#isSettling = true;
    await this.#inquiry.settled();
    this.#isSettling = false;
  }

  /** Restores the terminal and stops listening to it. */
  close(): void {
    clearTimeout(this.#escapeTimer);
    // A write that fails only now is of no interest to anything.
    for (const stream of [this.#stdin, this.#stdout]) stream.on('error', () => {});
    for (const undo of this.#undo.splice(0)) undo();
    this.#leave();
    this.#stdin.pause();
  }

  /** Writes to the screen; nothing while it is not ours. */
  write(bytes: string): void {
    if (this.#isEntered && bytes !== '') this.#write(bytes);
  }

  /**
   * Gives the terminal back and stops the whole job, as Ctrl-Z does in cooked mode: the shell waits for the
   * process group, of which memtop may be only a part (`npm start`). Where a stopped job cannot be continued
   * (an orphaned process group) the kernel drops the signal, and the screen is taken again at once.
   */
  suspend(): void {
    if (!this.#isSettling) void this.settle().then(() => this.#stop());
  }

  #stop(): void {
    // It may have been closed meanwhile.
    if (!this.#isEntered) return;
    this.#leave();
    const handlers = process.listeners('SIGTSTP');
    process.removeAllListeners('SIGTSTP');
    this.#isSuspended = true;
    process.kill(0, 'SIGTSTP');
    setTimeout(() => {
      for (const handler of handlers) process.on('SIGTSTP', handler);
      if (this.#isSuspended) this.#resume();
    }, RESUME_DELAY);
  }

  #resume(): void {
    // The size may have changed meanwhile.
    askForSize();
    this.#isSuspended = false;
    this.#enter();
    this.#events.resumed();
    if (this.#asksBackground && !this.#isSettling) this.askBackground();
  }

  #enter(): void {
    // Off first: after a SIGSTOP the shell has set modes of its own, while Node believes that it is raw and does nothing.
    this.#stdin.setRawMode(false);
    this.#stdin.setRawMode(true);
    this.#stdin.resume();
    this.#isEntered = true;
    this.#write(this.#hasMouse ? ENTER_SCREEN + MOUSE_ON : ENTER_SCREEN);
    this.#intruders.start(this.#stdout);
  }

  #leave(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    this.#intruders.stop();
    try {
      this.#stdin.setRawMode(false);
      const leave = this.#hasMouse ? MOUSE_OFF + LEAVE_SCREEN : LEAVE_SCREEN;
      // Where there is no alternate screen (GNU screen, the Linux console) the frame stays: the shell's prompt comes in
      // place of its last line. Straight to the descriptor, since nothing may come after.
      writeSync(STDOUT, `${moveTo(this.size.rows - 1, 0)}${RESET_STYLE}${CLEAR_TO_LINE_END}${leave}`);
    } catch {
      // A terminal that is gone needs no restoring.
    }
  }

  /** Ahead of what prints the error: what is printed to the alternate screen is lost with it. */
  #leaveBeforeErrors(): void {
    const leave = () => this.#leave();
    process.prependListener('uncaughtException', leave);
    this.#undo.push(() => process.off('uncaughtException', leave));
  }

  #read(chunk: string): void {
    const inputs = this.#keys.read(chunk);
    this.#awaitRest();
    this.#handOver(inputs);
  }

  #handOver(inputs: readonly Input[]): void {
    if (inputs.length > 0 && !this.#isSettling) this.#events.input(inputs);
  }

  #hungUp(): void {
    this.#inquiry.end();
    this.#events.hungUp();
  }

  /** Flushes an unfinished sequence whose rest has not arrived in time. */
  #awaitRest(): void {
    clearTimeout(this.#escapeTimer);
    const { timeout } = this.#keys;
    if (timeout === undefined) return;
    this.#escapeTimer = setTimeout(() => {
      const inputs = this.#keys.flush();
      this.#awaitRest();
      this.#handOver(inputs);
    }, timeout);
  }

  #listen(emitter: NodeJS.EventEmitter, event: string, listener: (...values: never[]) => void): void {
    emitter.on(event, listener as (...values: unknown[]) => void);
    this.#undo.push(() => emitter.off(event, listener as (...values: unknown[]) => void));
  }
}

/** Has Node read the size of the terminal again; where it has changed, `resize` comes as for every other change. */
function askForSize(): void {
  process.kill(process.pid, 'SIGWINCH');
}
