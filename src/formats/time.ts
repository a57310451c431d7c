// Moments as machines read them.

/** Milliseconds since the epoch in ISO 8601 and UTC, or undefined where no calendar reaches. */
export function isoTime(milliseconds: number | undefined): string | undefined {
  if (milliseconds === undefined) return undefined;
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
