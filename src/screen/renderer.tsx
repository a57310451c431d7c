// Ink as a function from state to frame: renders on request, synchronously, and returns whole frames.
import { type Instance, render } from 'ink';
import type { State } from '../app/state/state.ts';
import { App } from './app.tsx';

/**
 * Ink lays lines out in a space wider than the terminal, so that it never wraps one of ours: they are cut to
 * the terminal's width already, by the cells that terminals really use.
 */
const LAYOUT_WIDTH = 4096;

/** Draws states. In debug mode Ink gives each update as one whole frame, which is all that is wanted of it. */
export class Renderer {
  readonly #sink: FrameSink;
  #instance: Instance | undefined;

  constructor(onFrame: (frame: string) => void) {
    this.#sink = new FrameSink(onFrame);
  }

  /** Draws a state: `onFrame` has been called with its frame when this returns. */
  draw(state: State): void {
    const app = <App state={state} />;
    if (this.#instance !== undefined) {
      this.#instance.rerender(app);
      return;
    }
    this.#instance = render(app, {
      // Ink needs a stream with a size and `write`; the type asks for a whole terminal.
      stdout: this.#sink as unknown as NodeJS.WriteStream,
      stdin: { isTTY: false } as NodeJS.ReadStream,
      debug: true,
      interactive: false,
      patchConsole: false,
      exitOnCtrlC: false,
    });
  }

  /** Takes the components down; no frame comes after. */
  close(): void {
    this.#sink.close();
    this.#instance?.unmount();
  }
}

/** What Ink takes for a terminal. */
class FrameSink {
  readonly columns = LAYOUT_WIDTH;
  readonly rows = 1000;
  readonly isTTY = true;
  #onFrame: ((frame: string) => void) | undefined;

  constructor(onFrame: (frame: string) => void) {
    this.#onFrame = onFrame;
  }

  write(frame: string, done?: () => void): boolean {
    if (frame !== '') this.#onFrame?.(frame);
    done?.();
    return true;
  }

  on(): this {
    return this;
  }

  off(): this {
    return this;
  }

  close(): void {
    this.#onFrame = undefined;
  }
}
