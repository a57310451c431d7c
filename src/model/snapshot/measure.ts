// The optional measures of a process, by name: a sampler takes them only where they are needed.

/**
 * Numbers of a process that each have a file of their own in /proc/PID, as fields of `Process`. There is no list of them
 * here: the table of those that Linux has (sampling/linux/processes/own-numbers.ts) adds its fields to this type.
 */
// biome-ignore lint/suspicious/noEmptyInterface: its fields come from the table.
export interface OwnNumbers {}

/** The other measures; `pss` stands for PSS, USS and shared memory, which are in one file. */
const OTHERS = ['peak', 'swap', 'pss', 'cgroup'] as const;

/** A measure that costs a file of its own to read. */
export type Measure = (typeof OTHERS)[number] | keyof OwnNumbers;

/** Whether a measure is the field of the same name in `Process`, which is a number. */
export function isOwnNumber(measure: Measure): measure is keyof OwnNumbers {
  return !OTHERS.some((other) => other === measure);
}
