// The result of the leak test as text: how fast, how certain, and what to do next.

import { formatAge, formatClock, formatSize } from '../../text/format.ts';
import type { Collection } from './collection.ts';
import {
  type Floor,
  heightsOf,
  judgeLeak,
  judgeMemory,
  type LeakEvidence,
  type LeakTest,
  type LeakVerdict,
  weighFloors,
  weighMemory,
} from './leak.ts';
import type { LinesStyle } from './report.ts';
import { paragraph } from './report.ts';

/**
 * The leak test over the floors (what was left after each collection), in order of time. With fewer than three it is unsure
 * and the slope is 0.
 */
export function testLeak(floors: readonly Floor[]): LeakTest {
  const evidence = weighFloors(floors);
  if (evidence === undefined) {
    return {
      verdict: 'unsure',
      slope: 0,
      explanation: `${floors.length === 1 ? 'One floor shows' : `${floors.length} floors show`} no trend.`,
      next: NEXT.unsure,
    };
  }
  const verdict = judgeLeak(evidence);
  const memory = verdict === 'no-leak' ? weighMemory(floors) : undefined;
  const native = memory === undefined ? undefined : judgeMemory(memory);
  if (memory !== undefined && native !== undefined) {
    return { verdict: native, slope: memory.slope, ...nativeWords(native, memory, evidence) };
  }
  return {
    verdict,
    slope: evidence.slope,
    explanation: explain(verdict, evidence, floors.length),
    next: NEXT[verdict],
  };
}

const NEXT: Readonly<Record<LeakVerdict, string>> = {
  leak: 'collect --lines 30s names what grows. In Node.js two heap snapshots ten minutes apart (collect --heap-snapshot DIR) show each object.',
  'no-leak': 'If RSS still grows, the cause is outside the heap: collect once and read the verdict.',
  unsure: 'Measure more floors, further apart: collect --repeat 10 --every 60s, under the load that makes it grow.',
};

/** Memory rises although objects do not. */
function nativeWords(
  verdict: 'leak' | 'unsure',
  { count, span, slope, first, last }: LeakEvidence,
  objects: LeakEvidence,
): Pick<LeakTest, 'explanation' | 'next'> {
  const held = `${formatSize(objects.first)} to ${formatSize(objects.last)}`;
  const course = `${formatSize(first)} to ${formatSize(last)} over ${count} collections in ${formatAge(span)}`;
  const rate = formatSize(Math.round(slope * 60));
  const end =
    verdict === 'leak'
      ? 'a leak outside the objects, likely; a native cache that is still filling looks the same.'
      : 'a leak outside the objects, or free pages that the allocator keeps: not conclusive.';
  return {
    explanation: `What objects hold does not rise (${held}), but anonymous memory rises by ${rate} a minute (${course}): ${end}`,
    next: 'Check native addons, extension modules and open handles: /proc/PID/smaps has the RSS of each mapping.',
  };
}

function explain(verdict: LeakVerdict, evidence: LeakEvidence, taken: number): string {
  const { count, span, slope, first, last } = evidence;
  const warmUp = taken > count ? ', the first left out' : '';
  const floors = `over ${count} collections in ${formatAge(span)}${warmUp}`;
  const rate = `${slope < 0 ? '−' : ''}${formatSize(Math.round(Math.abs(slope * 60)))} a minute`;
  const course = `${formatSize(first)} to ${formatSize(last)}`;
  switch (verdict) {
    case 'leak':
      return `What survives a collection rises by ${rate} (${course} ${floors}): a leak, ${certainty(evidence)}; a cache that is still filling looks the same.`;
    case 'no-leak':
      return `What survives a collection does not rise (${course} ${floors}): no leak, ${flatness(evidence)}.`;
    case 'unsure':
      return `${why(evidence)} (${course} ${floors}, ${rate}): not conclusive.`;
  }
}

function certainty({ chance }: LeakEvidence): string {
  if (chance <= 0.01) return 'very likely (p < 0.01)';
  if (chance <= 0.05) return 'likely (p < 0.05)';
  return 'likely';
}

/** Reports the largest leak that the noise could hide. */
function flatness({ riseAtMost, range, noise, span }: LeakEvidence): string {
  const hidden = Math.min(Math.max(riseAtMost, noise), 2 * noise);
  if (riseAtMost > hidden && range > 2 * noise) return 'likely, though the floors vary';
  return `or a leak of less than ${formatSize(Math.round((hidden / span) * 60_000))} a minute`;
}

function why({ rise, noise, chance, laterFraction: laterShare }: LeakEvidence): string {
  if (rise > noise && chance <= 0.05 && laterShare < 0.2) return 'The floor rose at first and then hardly moved';
  return rise > noise ? 'The floor rises, but unevenly' : 'The floor goes up and down';
}

/** The most floors that are drawn. */
const MOST_LINES = 30;
const BAR = 30;

/** The test as printed lines, without newlines. `name` is cleaned already. */
export function leakLines(
  { floors, test }: { readonly floors: readonly Floor[]; readonly test: LeakTest },
  { pid, level }: Collection,
  name: string,
  style: LinesStyle,
): string[] {
  const heights = heightsOf(floors);
  const most = Math.max(...heights);
  const drawn = floors.map((floor, index) => {
    const height = heights[index] ?? 0;
    const bar = (style.ascii ? '#' : '█').repeat(Math.round((height / most) * BAR));
    return `  ${formatClock(floor.time)}  ${bar.padEnd(BAR)} ${formatSize(height).padStart(5)}  RSS ${formatSize(floor.rss)}`;
  });
  return [
    `leak test  ${name} (${pid})  ${level}, ${floors.length} collections`,
    ...drawn.slice(-MOST_LINES),
    ...paragraph(`${test.verdict.toUpperCase()}: ${test.explanation}`, style),
    ...paragraph(`Next: ${test.next}`, style),
  ];
}
