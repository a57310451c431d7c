// The numbers in a memory cgroup's files: limits, usage, memory.stat (Documentation/admin-guide/cgroup-v2.rst and
// cgroup-v1/memory.rst).

/**
 * Version 1 says "no limit" with the largest multiple of the page size below 2^63, which is 9223372036854771712 where
 * pages have 4 KiB. No machine has as much as an eighth of that.
 */
const NO_LIMIT = 2 ** 60;

/** Bytes; `none` for `max` and for whatever is larger than any machine; undefined for what is not a limit. */
export function parseLimit(text: string): number | 'none' | undefined {
  const word = text.trimEnd();
  if (word === 'max') return 'none';
  if (!/^\d{1,20}$/.test(word)) return undefined;
  const bytes = Number(word);
  return bytes >= NO_LIMIT ? 'none' : bytes;
}

/** Bytes, from a file of one number. */
export function parseUsage(text: string): number | undefined {
  return /^\d{1,16}\n?$/.test(text) ? exact(Number.parseInt(text, 10)) : undefined;
}

/** One line of memory.stat; undefined when it is not there or cut off. */
export function statOf(text: string, name: string): number | undefined {
  const at = text.startsWith(`${name} `) ? 0 : text.indexOf(`\n${name} `) + 1;
  if (at === 0 && !text.startsWith(`${name} `)) return undefined;
  const digits = /^(\d{1,20})\n/.exec(text.slice(at + name.length + 1, at + name.length + 22))?.[1];
  return digits === undefined ? undefined : exact(Number(digits));
}

function exact(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}
