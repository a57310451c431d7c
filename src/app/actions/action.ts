// The actions that change the state: keys, samples, answers, and other events from outside.

import type { Background } from '../../model/appearance/appearance.ts';
import type { Regexes } from '../../model/query/regexes.ts';
import type { Recalled } from '../../model/recall/recall.ts';
import type { Recorded } from '../../model/recall/recorded.ts';
import type { Signal } from '../../model/signals.ts';
import type { CollectOutcome, Running, Target } from '../state/collects.ts';
import type { Delivery } from '../state/signals.ts';
import type { View } from '../state/state.ts';
import type { Mouse } from './mouse.ts';

export type Action =
  | { readonly type: 'sampled'; readonly view: View }
  /** The recorder is there. */
  | { readonly type: 'recorded'; readonly recorded: Recorded }
  /** The rows of a moment of the past have been computed. */
  | { readonly type: 'recalled'; readonly recalled: Recalled }
  /** In a replay time has passed: the sample to show, or undefined at the end of the recording. */
  | { readonly type: 'played'; readonly time: number | undefined }
  | { readonly type: 'resized'; readonly columns: number; readonly rows: number }
  /** `at` is when it was pressed, in milliseconds of a clock that never jumps. */
  | { readonly type: 'key'; readonly key: string; readonly at?: number }
  | ({ readonly type: 'mouse' } & Mouse)
  | { readonly type: 'paste'; readonly text: string }
  /** The engine for regular expressions has been loaded. */
  | { readonly type: 'loaded'; readonly regexes: Regexes }
  /** Patterns may continue with the rows they have not searched yet. */
  | { readonly type: 'search-on' }
  | { readonly type: 'began'; readonly running: Running }
  | { readonly type: 'signalled'; readonly signal: Signal; readonly deliveries: readonly Delivery[] }
  /** A collect or attach is over; `at` is monotonic, as in snapshots. */
  | { readonly type: 'ended'; readonly target: Target; readonly outcome: CollectOutcome; readonly at: number }
  /** A sample is late: the last one came the given milliseconds ago. */
  | { readonly type: 'overdue'; readonly silence: number }
  /** The terminal has reported its background. */
  | { readonly type: 'background'; readonly background: Background }
  /** A message for the user from outside the state. */
  | { readonly type: 'notified'; readonly notice: string };
