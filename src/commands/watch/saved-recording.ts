// Saves what the flight recorder has: at the key `w`, and by itself at an OOM kill.
import { datedName, writeDated } from '../../files/dated-files.ts';
import type { FlightRecorder } from '../../recording/flight-recorder.ts';

/** What is kept of saved recordings. */
const LIMITS = { files: 20, bytes: 64 * 2 ** 20 };

/** A saved recording. */
export interface SavedRecording {
  readonly path: string;
  /** The time that it covers, as text: `12 min`. */
  readonly span: string;
}

/**
 * Writes the recording into a folder, which is made where it is missing.
 *
 * @param name of an earlier file, to write it again with what came since; otherwise it is made of `word` and the time
 * @throws UserError and errors of system calls, as `writeDated` has them
 */
export function saveRecording(
  recorder: FlightRecorder,
  { folder, word, name }: { readonly folder: string; readonly word: string; readonly name?: string | undefined },
): SavedRecording & { readonly name: string } {
  const { begin, end } = recorder.range ?? { begin: 0, end: 0 };
  const chosen = name ?? datedName(word, end, 'rec');
  writeDated(folder, chosen, recorder.file(), LIMITS);
  const minutes = Math.round((end - begin) / 60_000);
  const span = end - begin < 60_000 ? `${Math.round((end - begin) / 1000)} s` : `${minutes} min`;
  return { name: chosen, path: `${folder}/${chosen}`, span };
}
