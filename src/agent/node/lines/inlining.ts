// Inlined functions cannot be distinguished from their callers: inlining is off while a heap is sampled.
import type { Inspected } from './inspected.ts';

/** V8's options for it. All are on unless the program was started otherwise. */
const OPTIONS = ['turbo-inlining', 'maglev-inlining'] as const;

/**
 * Turns inlining off and discards the code compiled with it. Only this names the right function: otherwise the bytes go
 * to the outermost caller of code that was optimised before.
 *
 * @returns turns it on again, and throws away what was compiled without; or undefined where nothing was done, because another profiler
 *   records coverage, and would lose its data
 */
export function withoutInlining(inspected: Inspected): (() => void) | undefined {
  if (measuresCoverage()) return undefined;
  const v8 = require('node:v8') as typeof import('node:v8');
  const options = OPTIONS.filter((option) => !isChosen(option));
  const set = (prefix: string): void => {
    for (const option of options) v8.setFlagsFromString(`--${prefix}${option}`);
  };
  set('no-');
  deoptimise(inspected);
  return () => {
    set('');
    deoptimise(inspected);
  };
}

/** Counting calls needs special code, so V8 discards all optimised code when it begins. */
function deoptimise(inspected: Inspected): void {
  inspected.ask('Profiler.enable');
  try {
    inspected.ask('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    inspected.ask('Profiler.stopPreciseCoverage');
  } finally {
    inspected.ask('Profiler.disable');
  }
}

function measuresCoverage(): boolean {
  return process.env['NODE_V8_COVERAGE'] !== undefined || process.execArgv.some((word) => word.includes('coverage'));
}

/** Whether the program was started with that option, on or off: then it stays so. */
function isChosen(option: string): boolean {
  const words = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(' ')];
  return words.some((word) => word.replace(/_/g, '-').endsWith(option));
}
