// Compiles the code that names what holds a leak on the first request: other programs do not pay for it.
import { ProtocolError } from '../protocol/protocol.ts';
import { callNextTurn, milliseconds, rounded, startTimer, stopTimer, turn } from './runtime/time.ts';

/** Set by the build to the bundle of lines/lines.ts, as text. */
declare const MEMTOP_LINES: string;

type Lines = typeof import('./lines/lines.ts');

/** Its functions. What they have in common with the rest of the agent is passed in: timers taken early, and the class of its errors. */
export function loadLines(): Lines {
  const { compileFunction } = require('node:vm') as typeof import('node:vm');
  const shared: Readonly<Record<string, unknown>> = {
    'memtop:time': { milliseconds, callNextTurn, rounded, startTimer, stopTimer, turn },
    'memtop:errors': { ProtocolError },
  };
  const loaded = { exports: {} };
  const names = ['module', 'exports', 'require', '__filename'];
  // In a program that was attached to, the agent was evaluated and has no file.
  const own = typeof __filename === 'string' ? __filename : 'memtop:agent';
  const run = compileFunction(MEMTOP_LINES, names, { filename: 'memtop:lines' }) as (...given: unknown[]) => void;
  run(loaded, loaded.exports, (name: string) => shared[name] ?? require(name), own);
  return loaded.exports as Lines;
}
