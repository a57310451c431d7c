// An error the user can fix: shown as one sentence and a next step, without a stack trace; exit code 2.

/** Thrown where memtop has to exit because of wrong usage or a machine that cannot be read. */
export class UserError extends Error {
  /** What to do about it, a sentence. */
  readonly next: string;

  constructor(message: string, next: string) {
    super(message);
    this.name = 'UserError';
    this.next = next;
  }
}
