// The terminal with what draws on it: states in, changed cells out. The first frame waits for no part of Ink.
import { setImmediate as immediately } from 'node:timers/promises';
import type { Action } from '../../app/actions/action.ts';
import type { State } from '../../app/state/state.ts';
import { type Frame, frameOf } from '../../screen/frame.ts';
import type { Renderer } from '../../screen/renderer.tsx';
import type { Input } from '../../terminal/keys.ts';
import { Painter } from '../../terminal/painter.ts';
import type { Size } from '../../terminal/size.ts';
import { Terminal, type TerminalEvents } from '../../terminal/terminal.ts';
import { codePointWidth } from '../../text/width.ts';

export class Display {
  readonly #terminal: Terminal;
  readonly #painter = new Painter(codePointWidth);
  /** Undefined until Ink is there: lines are painted as they are up to then, which gives the same frames. */
  #renderer: Renderer | undefined;
  #frame: Frame = { lines: [], areas: [] };
  #isClosed = false;

  constructor(events: TerminalEvents, hasMouse: boolean) {
    this.#terminal = new Terminal(process.stdin, process.stdout, events, hasMouse);
  }

  get size(): Size {
    return this.#terminal.size;
  }

  /** Takes the terminal over. */
  open(): void {
    this.#terminal.open();
  }

  draw(state: State): void {
    this.#frame = frameOf(state);
    if (this.#renderer === undefined) this.#paint(this.#frame.lines);
    else this.#renderer.draw(this.#frame);
  }

  /**
   * Has Ink draw from now on. It gives the frame that is on the screen, so that nothing is written. Rejects when Ink
   * cannot be loaded; lines are painted as they are then.
   */
  async mount(): Promise<void> {
    const { Renderer } = await import('../../screen/renderer.tsx');
    // Keys that were pressed meanwhile come first.
    await immediately();
    if (this.#isClosed) return;
    const renderer = new Renderer((lines) => this.#paint(lines));
    renderer.draw(this.#frame);
    this.#renderer = renderer;
  }

  /** Forgets what the terminal shows: the next drawing paints all of it. */
  forget(): void {
    this.#painter.forget();
  }

  /** Paints all of it again with the next drawing, without clearing it first. */
  doubt(): void {
    this.#painter.doubt();
  }

  /** Asks the terminal for the colour of its background; see `TerminalEvents.background`. */
  askBackground(): void {
    this.#terminal.askBackground();
  }

  suspend(): void {
    this.#terminal.suspend();
  }

  /** To be awaited before `close`: no answer of the terminal must reach the shell. */
  settle(): Promise<void> {
    return this.#terminal.settle();
  }

  /** Gives the terminal back. */
  close(): void {
    this.#isClosed = true;
    this.#renderer?.close();
    this.#terminal.close();
  }

  #paint(lines: readonly string[]): void {
    this.#terminal.write(this.#painter.paint(lines));
  }
}

/** What was typed, clicked or pasted, as the state takes it. */
export function toAction(input: Input): Action {
  if ('mouse' in input) return { type: 'mouse', ...input.mouse };
  return 'key' in input ? { type: 'key', key: input.key, at: performance.now() } : { type: 'paste', text: input.paste };
}
