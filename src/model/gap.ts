// What could not be read.

/** Something that could not be read: a value, not an exception. */
export interface Gap {
  /** The measure or file, such as `cmdline` or `meminfo`. */
  readonly what: string;
  readonly why: 'gone' | 'denied' | 'unsupported' | 'malformed';
  /** For how many processes (or files) in this snapshot. */
  readonly count: number;
}
