// When the client that asked no longer wants to know: its connection has ended, or has been closed.

/** Ends what was begun for one client. */
export class Departure {
  /** Resolves once it is gone. */
  readonly happened: Promise<void>;
  #resolve: () => void = () => undefined;

  constructor() {
    this.happened = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  happen(): void {
    this.#resolve();
  }
}
