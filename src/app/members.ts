// The processes that a row of the table stands for.
import type { Row } from '../model/tracker.ts';

/**
 * The rows of the single processes behind a row: itself, where it is one. Whatever tags or acts on a row goes through
 * here, so that a row which stands for several can be told apart in one place.
 */
export function membersOf(row: Row): readonly Row[] {
  return [row];
}
