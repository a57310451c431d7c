// The terminal with what draws on it: states in, changed cells out.
import type { State } from '../../app/state/state.ts';
import { Renderer } from '../../screen/renderer.tsx';
import { Painter } from '../../terminal/painter.ts';
import type { Size } from '../../terminal/size.ts';
import { Terminal, type TerminalEvents } from '../../terminal/terminal.ts';
import { codePointWidth } from '../../text/width.ts';

export class Display {
  readonly #terminal: Terminal;
  readonly #painter = new Painter(codePointWidth);
  readonly #renderer: Renderer;

  constructor(events: TerminalEvents, hasMouse: boolean) {
    this.#terminal = new Terminal(process.stdin, process.stdout, events, hasMouse);
    this.#renderer = new Renderer((lines) => this.#terminal.write(this.#painter.paint(lines)));
  }

  get size(): Size {
    return this.#terminal.size;
  }

  /** Takes the terminal over. */
  open(): void {
    this.#terminal.open();
  }

  draw(state: State): void {
    this.#renderer.draw(state);
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
    this.#renderer.close();
    this.#terminal.close();
  }
}
