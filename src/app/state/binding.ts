// What an entry of the table of keys has.

/** The headings of the help screen, which come in the order of the table. */
export type KeyGroup = 'Act' | 'Move' | 'Time' | 'Sort' | 'Show' | 'Program';

export interface Binding {
  /** The text for its keys where there are too many to list. */
  readonly shown?: string;
  /** Names of the keys, the one to be shown first. */
  readonly keys: readonly string[];
  readonly group: KeyGroup;
  readonly help: string;
  /** One word for the status bar; only what a newcomer needs has one. */
  readonly bar?: string;
  /** What it does, and what of: how far, by which column. */
  readonly command: {
    readonly do: string;
    readonly what?: string;
    readonly by?: number | string;
    readonly column?: string;
  };
  /** Acts on a process: taken away by --readonly. */
  readonly acts?: true;
}
