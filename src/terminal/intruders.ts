// What else would write to a terminal that memtop owns: Node's warnings, the console, packages. It is handed over instead.
import { isatty } from 'node:tty';
import { replaceListeners } from './listeners.ts';

const STDERR = 2;

/** Intercepts the output of this process to its terminal, except from the code that got a bypass. */
export class Intruders {
  readonly #heard: (text: string) => void;
  #texts: string[] = [];
  #delivery: NodeJS.Immediate | undefined;
  #undo: (() => void)[] = [];

  /** @param heard receives each text some time after it was written: the drawing code may have written it */
  constructor(heard: (text: string) => void) {
    this.#heard = heard;
  }

  /** Blocks other output. stderr is unchanged where it leads elsewhere. */
  start(stdout: NodeJS.WriteStream): void {
    if (this.#undo.length > 0) return;
    this.#undo.push(this.#replaceWrite(stdout));
    if (isatty(STDERR) && process.stderr !== stdout) this.#undo.push(this.#replaceWrite(process.stderr));
    // Node's own listener prints straight to the descriptor.
    this.#undo.push(
      replaceListeners('warning', (warning: Error) =>
        this.#take(warning.stack ?? `${warning.name}: ${warning.message}`),
      ),
    );
  }

  /** Allows other output again, and returns what is left. */
  stop(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#deliver();
  }

  #replaceWrite(stream: NodeJS.WriteStream): () => void {
    const own = Object.getOwnPropertyDescriptor(stream, 'write');
    const write = (chunk: string | Uint8Array, ...more: unknown[]) => {
      this.#take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      const done = more.at(-1);
      if (typeof done === 'function') process.nextTick(done as () => void);
      return true;
    };
    Object.defineProperty(stream, 'write', { value: write, configurable: true, writable: true });
    return () => {
      if (own === undefined) Reflect.deleteProperty(stream, 'write');
      else Object.defineProperty(stream, 'write', own);
    };
  }

  #take(text: string): void {
    if (text.trim() === '') return;
    this.#texts.push(text);
    this.#delivery ??= setImmediate(() => this.#deliver());
  }

  #deliver(): void {
    clearImmediate(this.#delivery);
    this.#delivery = undefined;
    for (const text of this.#texts.splice(0)) this.#heard(text);
  }
}
