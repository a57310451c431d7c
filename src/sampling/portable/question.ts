// A request that may never be answered: with a timeout, and never two of the same kind at a time.

/** The result of a request: an answer, or a failure with its error where there was one. */
export type SourceAnswer<T> = { readonly value: T } | { readonly error?: unknown };

export class Question<T> {
  readonly #ask: () => Promise<T>;
  readonly #timeout: number;
  #open: Promise<SourceAnswer<T>> | undefined;

  /** @param timeout milliseconds after which an answer is given up. */
  constructor(ask: () => Promise<T>, timeout: number) {
    this.#ask = ask;
    this.#timeout = timeout;
  }

  /**
   * Sends the request, or joins one that is still running, so that programs that hang do not pile up.
   *
   * @throws the signal's reason when it is aborted meanwhile.
   */
  ask(signal: AbortSignal): Promise<SourceAnswer<T>> {
    if (signal.aborted) return Promise.reject(signal.reason);
    this.#open ??= this.#begin();
    const open = this.#open;
    return new Promise((resolve, reject) => {
      const forget = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      };
      const settle = (answer: SourceAnswer<T>) => {
        forget();
        resolve(answer);
      };
      const abort = () => {
        forget();
        reject(signal.reason);
      };
      const timer = setTimeout(settle, this.#timeout, {});
      signal.addEventListener('abort', abort);
      void open.then(settle);
    });
  }

  async #begin(): Promise<SourceAnswer<T>> {
    try {
      return { value: await this.#ask() };
    } catch (error) {
      return { error };
    } finally {
      this.#open = undefined;
    }
  }
}
