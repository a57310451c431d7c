// What waits until the first frame is on the screen: Ink, the code cache, the size of the heap, traces of earlier runs.
import { setImmediate as immediately } from 'node:timers/promises';
import type { Context } from '../../cli/context.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Display } from './display.ts';
import type { Ending } from './ending.ts';
import type { Failures } from './failures.ts';

/** The parts of a session that it makes ready. */
export interface PreparedSession {
  readonly settings: Settings;
  readonly context: Context;
  readonly display: Display;
  readonly failures: Failures;
  readonly ending: Ending;
  /** The notice about debuggers that an earlier memtop left open; undefined when there are none. */
  readonly debuggersLeft: () => Promise<string | undefined>;
  readonly loadSignalling: () => Promise<unknown>;
  /** Never rejects. */
  readonly loadRecorder: () => Promise<void>;
  /** Shows one line on the screen. */
  readonly notify: (notice: string) => void;
}

/**
 * Loads and mounts Ink once the keys that were pressed before the first frame have been dealt with, and does what else
 * can wait. It never rejects: what fails is reported on the screen.
 */
export async function afterFirstFrame(prepared: PreparedSession): Promise<void> {
  const { settings, context, display, failures, ending, loadSignalling } = prepared;
  await immediately();
  if (ending.hasBegun) return;
  await failures.attempt('Ink is not ready', () => display.mount());
  context.saveCodeCache();
  context.heap.keepSmall();
  await prepared.loadRecorder();
  if (context.platform === 'linux') await sayWhatIsOpen(prepared);
  // When memory is short there may be none left to load the code that sends TERM.
  if (settings.survive) await failures.attempt('Sending signals is not ready', loadSignalling);
}

async function sayWhatIsOpen({ failures, debuggersLeft, notify }: PreparedSession): Promise<void> {
  const notice = await failures.attempt('Cannot check for debuggers left open by memtop', debuggersLeft);
  if (notice !== undefined) notify(notice);
}
