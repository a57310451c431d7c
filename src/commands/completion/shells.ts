// The shells there are completions for.

/** By their names, which are also the endings of their scripts. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];
