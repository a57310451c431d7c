// What could not be read.

/**
 * Why: the process ended (`gone`), permission is missing (`denied`), this kernel has no such file (`unsupported`), the
 * content cannot be parsed (`malformed`), the read has no answer yet (`late`), no descriptor was left
 * (`too-many-files`: EMFILE, ENFILE), or the kernel reported an error (`failed`: EIO, ENOMEM).
 */
export type GapReason = 'gone' | 'denied' | 'unsupported' | 'malformed' | 'late' | 'too-many-files' | 'failed';

/** Something that could not be read: a value, not an exception. */
export interface Gap {
  /** The measure or file, such as `cmdline` or `meminfo`. */
  readonly what: string;
  readonly why: GapReason;
  /** For how many processes (or files) in this snapshot. */
  readonly count: number;
}
