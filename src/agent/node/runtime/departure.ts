// Notices when the requesting client is gone: its connection has ended or was closed.

/** Stops the work for one client. */
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
