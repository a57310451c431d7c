// A mistake the user can mend: shown as one sentence and one next step, without a stack, exit code 2.

/** Thrown where wrong usage, or a machine that cannot be read, ends the program. */
export class UserError extends Error {
  /** What to do about it, a sentence. */
  readonly next: string;

  constructor(message: string, next: string) {
    super(message);
    this.name = 'UserError';
    this.next = next;
  }
}
