// The input of every format: one snapshot and its selected rows, in order.
import type { SwapRates } from '../model/breakdown/swap-rates.ts';
import type { Moment } from '../model/columns/column.ts';
import type { Row } from '../model/rows/row.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';

export interface Report {
  readonly snapshot: Snapshot;
  readonly rows: readonly Row[];
  readonly moment: Moment;
  /** Milliseconds from the snapshot until the machine is out of memory and swap; absent where that is not clear. */
  readonly exhaustedIn?: number | undefined;
  /** The forecast as a line of a table; absent without a forecast. */
  readonly forecast?: readonly string[] | undefined;
  /** How much the machine swaps; absent with the first snapshot. */
  readonly swapRates?: SwapRates | undefined;
  /** The columns that were chosen by name: they add fields to a document. */
  readonly wanted?: readonly string[] | undefined;
}
