// Scores growth patterns against curves of a known pattern: the confusion matrix.

import type { Judgement } from '../src/model/growth/growth.ts';
import { Series } from '../src/model/history/series.ts';
import { Timeline } from '../src/model/history/timeline.ts';
import type { GeneratedCurve, Point, Word } from './curves.ts';

export const WORDS = ['steady', 'growing', 'shrinking', 'sawtooth', 'burst'] as const;

/** For each true pattern, how often each pattern was reported; `unsure` where none was. */
export type Matrix = Record<Word, Record<Word | 'unsure', number>>;

/** The judgement at the end of a curve, by the code of the program. */
export function judgementOf(points: readonly Point[]): Judgement | undefined {
  const timeline = new Timeline();
  const interval = (points[1]?.time ?? 0) - (points[0]?.time ?? 0);
  let series: Series | undefined;
  for (const { time, value } of points) {
    timeline.advance(time, interval);
    if (series === undefined) series = new Series(timeline, value);
    else series.record(timeline, value);
  }
  return series?.judgement(timeline);
}

export function matrixOf(curves: readonly GeneratedCurve[]): Matrix {
  const empty = () => ({ steady: 0, growing: 0, shrinking: 0, sawtooth: 0, burst: 0, unsure: 0 });
  const matrix: Matrix = { steady: empty(), growing: empty(), shrinking: empty(), sawtooth: empty(), burst: empty() };
  for (const { truth, points } of curves) matrix[truth][judgementOf(points)?.pattern ?? 'unsure'] += 1;
  return matrix;
}

/** The fraction of the curves that do not grow but were called growing. */
export function falseGrowing(matrix: Matrix): number {
  const others = WORDS.filter((word) => word !== 'growing').map((word) => matrix[word]);
  const all = others.flatMap((row) => Object.values(row)).reduce((sum, count) => sum + count, 0);
  return others.reduce((sum, row) => sum + row.growing, 0) / all;
}

/** The fraction of all curves whose pattern was right. */
export function rightFraction(matrix: Matrix): number {
  const all = WORDS.flatMap((word) => Object.values(matrix[word])).reduce((sum, count) => sum + count, 0);
  return WORDS.reduce((sum, word) => sum + matrix[word][word], 0) / all;
}

/** The matrix as lines of text: a line for each true pattern, a column for each reported one. */
export function formatMatrix(matrix: Matrix): string {
  const words = [...WORDS, 'unsure'] as const;
  const line = (cells: readonly (string | number)[]) => cells.map((cell) => String(cell).padStart(10)).join('');
  return [
    line(['is \\ said', ...words]),
    ...WORDS.map((word) => line([word, ...words.map((one) => matrix[word][one])])),
  ].join('\n');
}
