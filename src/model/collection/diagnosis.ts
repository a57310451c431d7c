// What a collection proved: the verdict, its numbers as text, and what to do next.
import { balanceOf } from './balance.ts';
import { judgeNode } from './judge-node.ts';
import { judgePython } from './judge-python.ts';
import { nodeWords } from './node-advice.ts';
import { pythonWords } from './python-advice.ts';
import { pythonBalanceOf } from './python-balance.ts';
import type { CollectionEffect, Diagnosis } from './verdict.ts';

/**
 * The verdict for one collection. Undefined when a number in it is impossible (negative, not finite, beyond any
 * address space): no conclusion is drawn from an agent that reports nonsense.
 */
export function diagnose(effect: CollectionEffect): Diagnosis | undefined {
  const { before, after, lowest, leastHeld, spare, heapLimit, peak, unreachable, threads, threadsMissing } = effect;
  const readings = [before, after].flatMap(({ anonymous, heapUsed, external, workers }) => [
    ...[anonymous, heapUsed, external, workers],
  ]);
  const optional = [
    ...readings,
    lowest.anonymous,
    leastHeld,
    spare,
    heapLimit,
    peak,
    ...[unreachable, threads, threadsMissing],
    ...pythonNumbers(effect),
  ];
  const changes = [effect.freedBefore, effect.workersFreed, effect.trimmed];
  if (![before.rss, after.rss, lowest.rss, lowest.ms].every(isSize) || before.rss === 0) return undefined;
  if (!optional.every((value) => value === undefined || isSize(value))) return undefined;
  if (!changes.every((value) => value === undefined || isSize(Math.abs(value)))) return undefined;
  return effect.runtime === 'python' ? diagnosePython(effect) : diagnoseNode(effect);
}

function pythonNumbers({ traced, tracedOverhead, blocksBefore, blocksAfter, mallocAfter }: CollectionEffect) {
  return [traced, tracedOverhead, blocksBefore, blocksAfter, mallocAfter];
}

function diagnoseNode(effect: CollectionEffect): Diagnosis {
  const balance = balanceOf(effect);
  const verdict = judgeNode(balance);
  return { verdict, ...nodeWords(verdict, balance, effect) };
}

function diagnosePython(effect: CollectionEffect): Diagnosis {
  const balance = pythonBalanceOf(effect);
  const verdict = judgePython(balance);
  return { verdict, ...pythonWords(verdict, balance) };
}

/** Largest plausible size: what 52 bits can address, more than any processor maps (x86-64 with five-level paging). */
const LARGEST = 2 ** 52;

/** Whether a number can be a size or a count: finite, not negative, and not beyond any address space. */
export function isSize(value: number): boolean {
  return value >= 0 && value <= LARGEST;
}
