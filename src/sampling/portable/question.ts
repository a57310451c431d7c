// Asks something that may never answer: a question with an end to one's patience, and never two of a kind at once.

/** What came of a question: an answer, or a failure with its error where there was one. */
export type Answer<T> = { readonly value: T } | { readonly error?: unknown };

export class Question<T> {
  readonly #ask: () => Promise<T>;
  readonly #patience: number;
  #open: Promise<Answer<T>> | undefined;

  /** @param patience milliseconds after which an answer is given up. */
  constructor(ask: () => Promise<T>, patience: number) {
    this.#ask = ask;
    this.#patience = patience;
  }

  /**
   * Asks, or joins the asking that is still under way since an earlier time, so that programs that hang do not pile up.
   *
   * @throws the signal's reason when it is aborted meanwhile.
   */
  async ask(signal: AbortSignal): Promise<Answer<T>> {
    signal.throwIfAborted();
    this.#open ??= this.#begin();
    const done = new AbortController();
    try {
      return await Promise.race([this.#open, this.#end(signal, done.signal)]);
    } finally {
      done.abort();
    }
  }

  async #begin(): Promise<Answer<T>> {
    try {
      return { value: await this.#ask() };
    } catch (error) {
      return { error };
    } finally {
      this.#open = undefined;
    }
  }

  /** Settles when patience ends or the caller has lost interest; forgotten, timer and all, once `done` says so. */
  #end(signal: AbortSignal, done: AbortSignal): Promise<Answer<T>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, this.#patience, {});
      done.addEventListener('abort', () => clearTimeout(timer), { once: true });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: done });
    });
  }
}
