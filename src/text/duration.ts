// Durations as people type them.

/** Shortest interval, in milliseconds: below it a monitor measures mostly itself. */
export const SHORTEST_INTERVAL = 100;
/** Longest interval, in milliseconds: a day. */
export const LONGEST_INTERVAL = 86_400_000;

const MILLISECONDS: Record<string, number> = {
  ms: 1,
  '': 1000,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads `500ms`, `2s`, `1.5m`, `1h` or a bare number of seconds, as top takes it.
 * Milliseconds, or undefined when the text is not a duration.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(ms|s|m|min|h|d|)$/.exec(text.trim());
  if (match === null) return undefined;
  const milliseconds = Number(match[1]) * (MILLISECONDS[match[2] ?? ''] ?? Number.NaN);
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}
