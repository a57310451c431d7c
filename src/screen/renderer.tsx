// Frames in, the same frames out, synchronously: Ink lays the screen out, and again when its areas change.
import { type Instance, render } from 'ink';
import { App } from './app.tsx';
import type { Frame } from './frame.ts';

/**
 * Ink lays lines out in a space wider than the terminal, so that it never wraps one of ours: they are cut to
 * the terminal's width already, by the cells that terminals really use.
 */
const LAYOUT_WIDTH = 4096;

/**
 * Draws frames. In debug mode Ink gives each update as one whole frame, which is all that is wanted of it. While the areas
 * of the screen stay as they are, Ink would put the same lines one below the other again: they are a frame already.
 */
export class Renderer {
  readonly #sink: FrameSink;
  readonly #onFrame: (lines: readonly string[]) => void;
  #instance: Instance | undefined;
  #areas: readonly unknown[] = [];
  /** Whether Ink has given a frame: it gives none for the lines that it was given last. */
  #hasDrawn = false;

  constructor(onFrame: (lines: readonly string[]) => void) {
    this.#onFrame = onFrame;
    this.#sink = new FrameSink((frame) => {
      this.#hasDrawn = true;
      onFrame(frame.split('\n'));
    });
  }

  /** Draws a frame: `onFrame` has been called with its lines when this returns. */
  draw({ lines, areas }: Frame): void {
    const isSame = areas.every((area, index) => area === this.#areas[index]);
    this.#areas = areas;
    this.#hasDrawn = false;
    if (this.#instance === undefined) this.#instance = this.#open(lines);
    else if (!isSame) this.#instance.rerender(<App lines={lines} />);
    if (!this.#hasDrawn) this.#onFrame(lines);
  }

  #open(lines: readonly string[]): Instance {
    return render(<App lines={lines} />, {
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
