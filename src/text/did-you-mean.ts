// "Did you mean …": the nearest of the valid words.

/** The nearest candidate by edit distance, if it is near enough: one edit in a short word, one for every three letters of a longer one. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = (word.length <= 4 ? 1 : Math.ceil(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = isBeginning(word, candidate) ? 1 : distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}

/** The start of a longer word: `proc` for `procfs`. */
function isBeginning(word: string, candidate: string): boolean {
  return word.length > 2 && word !== candidate && candidate.toLowerCase().startsWith(word.toLowerCase());
}

/** Insertions, deletions, substitutions and swapped neighbours between two words (Damerau 1964, optimal string alignment). */
function distance(from: string, to: string): number {
  if (from.length > 64 || to.length > 64) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substituted, swapped));
    }
    [before, row] = [row, next];
  }
  return row[to.length] ?? Number.POSITIVE_INFINITY;
}
