// A mistake with its place in a file of keys and values.
import { UserError } from './user-error.ts';

/** A position in a file: names of keys, and indexes in lists from 0. */
export type Path = readonly (string | number)[];

/** A mistake inside a value: in one of a list, or one key of a table. */
export class Misplaced extends UserError {
  readonly within: Path;

  constructor(within: Path, { message, next }: UserError) {
    super(message, next);
    this.within = within;
  }
}

/** Reads a part of a value; its mistakes carry where it is. */
export function inside<Value>(within: Path, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof Misplaced) throw new Misplaced([...within, ...error.within], error);
    throw error instanceof UserError ? new Misplaced(within, error) : error;
  }
}
