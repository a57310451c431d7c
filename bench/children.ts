// Everything that a measurement starts, so that nothing of it outlives the measurement.

/** How long a program may take to end when asked, before it is made to, in milliseconds. */
const TERM_TIMEOUT = 3_000;

/** Something that was started and can be ended. */
export interface Child {
  readonly pid: number;
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
}

/** The children that are running. */
export class Children {
  readonly #running = new Set<Child>();

  add(child: Child): void {
    this.#running.add(child);
    void child.ended.then(() => this.#running.delete(child));
  }

  /** Asks one to end, and makes it if it does not. */
  async end(child: Child): Promise<void> {
    if (!this.#running.has(child)) return;
    signal(child, 'SIGTERM');
    const timer = setTimeout(() => signal(child, 'SIGKILL'), TERM_TIMEOUT);
    await child.ended;
    clearTimeout(timer);
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#running].map((child) => this.end(child)));
  }

  /** For the very end, when there is no time to wait. */
  killAll(): void {
    for (const child of this.#running) signal(child, 'SIGKILL');
  }
}

function signal(child: Child, name: NodeJS.Signals): void {
  try {
    process.kill(child.pid, name);
  } catch {
    // It has gone already.
  }
}
