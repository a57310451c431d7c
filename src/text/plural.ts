// Counts with their noun, in the singular or the plural.

/** `1 process`, `3 processes`; the plural ends in -s where none is given. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
