// What a collection proved: the verdict, its numbers in words, and what to do next.
import { balanceOf } from './collection/balance.ts';
import { judgeNode } from './collection/judge-node.ts';
import { nodeWords } from './diagnosis-node.ts';
import { nativePythonWords, pythonWords } from './diagnosis-python.ts';
import type { Diagnosis, Effect, Verdict } from './verdict.ts';

/** A fall of this part is a clear one, and below the other there is none to speak of. */
const CLEAR = 1 / 3;
const SLIGHT = 1 / 4;
/** RSS should follow the heap by at least this much of its fall. */
const FOLLOWS = 1 / 2;
/** Below this part of RSS it is not the heap that one should look at. */
const DOMINANT = 1 / 2;

/** A small Python object with its collector's header, in bytes: what a found one is counted as at least. */
const SMALL_OBJECT = 64;
/** Unreachable objects are many when they alone are this part of RSS. */
const MANY = 1 / 10;

/**
 * The verdict for one collection. Undefined when a number in it cannot be one (negative, not finite, beyond what
 * an address space holds): nothing is concluded from an agent that lies.
 */
export function diagnose(effect: Effect): Diagnosis | undefined {
  const { before, after, lowest, leastHeld, spare, heapLimit, peak, unreachable, traced } = effect;
  const readings = [before, after].flatMap(({ anonymous, heapUsed, external, workers }) => [
    ...[anonymous, heapUsed, external, workers],
  ]);
  const optional = [...readings, lowest.anonymous, leastHeld, spare, heapLimit, peak, unreachable, traced];
  const changes = [effect.freedBefore, effect.workersFreed, effect.trimmed];
  if (![before.rss, after.rss, lowest.rss, lowest.ms].every(isSize) || before.rss === 0) return undefined;
  if (!optional.every((value) => value === undefined || isSize(value))) return undefined;
  if (!changes.every((value) => value === undefined || isSize(Math.abs(value)))) return undefined;
  return effect.runtime === 'python' ? diagnosePython(effect) : diagnoseNode(effect);
}

function diagnoseNode(effect: Effect): Diagnosis {
  const balance = balanceOf(effect);
  const verdict = judgeNode(balance);
  return { verdict, ...nodeWords(verdict, balance, effect) };
}

function diagnosePython(effect: Effect): Diagnosis {
  const { before, after, traced, unreachable = 0 } = effect;
  const verdict = judgePython(effect);
  if (verdict === 'native') return { verdict, ...nativePythonWords(traced ?? 0, before.rss) };
  return { verdict, ...pythonWords(verdict, { before: before.rss, after: after.rss, unreachable }) };
}

/** Python does not say how much its objects hold: RSS stands for it, and what was found unreachable decides. */
function judgePython({ before, after, trimmed = 0, unreachable = 0, traced }: Effect): Exclude<Verdict, 'small'> {
  const fall = before.rss - after.rss;
  const many = unreachable * SMALL_OBJECT >= before.rss * MANY;
  if (fall >= before.rss * CLEAR) return !many && trimmed >= fall * FOLLOWS ? 'unreturned' : 'garbage';
  if (traced !== undefined && traced < before.rss * DOMINANT) return 'native';
  if (many) return 'unreturned';
  return fall < before.rss * SLIGHT ? 'retained' : 'mixed';
}

/** Largest size believed: what 52 bits address, more than any processor maps (x86-64 with five-level paging). */
const LARGEST = 2 ** 52;

/** Whether a number can be a size or a count: finite, not negative, and not beyond any address space. */
export function isSize(value: number): boolean {
  return value >= 0 && value <= LARGEST;
}
