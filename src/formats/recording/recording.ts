// A recording: snapshots as lines, of which the first is whole and the others carry only what has changed.

/** The version of the format, which is that of `-o json`: fields may be added, none may change its meaning. */
export const RECORDING_VERSION = 1;

/** A line that does not belong to a recording, or does not follow from the lines before it. */
export class RecordingError extends Error {
  override name = 'RecordingError';
  /** It was written by a version of memtop that came later. */
  readonly isNewer: boolean;

  constructor(message: string, isNewer = false) {
    super(message);
    this.isNewer = isNewer;
  }
}
