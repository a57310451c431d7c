// The code evaluated in a program: the check that it is the right one, the closing of its inspector, the agent.
import type { Attachable } from './may-attach.ts';

/** Milliseconds between two attempts to close the inspector, and how many in a row must find it closed. */
const CLOSE_EVERY = 20;
const CLOSED_TIMES = 6;

/** Declares `close`, and starts a timer that closes the inspector until it stays closed. */
const CLOSING = `const inspector = require('inspector');
  const { clearInterval, setImmediate, setInterval } = require('timers');
  const close = () => { if (inspector.url() !== undefined) inspector.close(); };
  let closed = 0;
  const timer = setInterval(() => {
    closed = inspector.url() === undefined ? closed + 1 : 0;
    if (closed >= ${CLOSED_TIMES}) clearInterval(timer);
    close();
    setImmediate(close).unref();
  }, ${CLOSE_EVERY});
  timer.unref();`;

/**
 * The expression for an inspector that memtop opened. Nothing happens unless the process is the intended one. The first
 * thing it does is to arm the closing, so that the inspector closes whatever happens to memtop; the last is to
 * close it at once, because a blocked event loop would not come to a timer.
 *
 * Closing once is not enough. Node.js starts the inspector from an interrupt of running code, and asks its event loop to
 * start it too: once that turns, it is open again (Agent::RequestIoThreadStart in src/inspector_agent.cc). So it is closed
 * again in the check phase, which follows the phase that opens it, until the loop has turned some more times and
 * it stayed closed. The timer does not keep the program alive, and nothing stays behind.
 */
export function attachingExpression(target: Attachable, source: string): string {
  return `((process) => {
  ${proving(target)}
  ${CLOSING}
  try { return ${loading(source)}; } finally { close(); }
})(require('process'))`;
}

/** Only closes the inspector, permanently, in a process that was proved to own the connected socket. */
export function closingExpression(): string {
  return `(() => { ${CLOSING} close(); })()`;
}

/** The expression for an inspector that was open before, and stays open. */
export function loadingExpression(target: Attachable, source: string): string {
  return `((process) => { ${proving(target)} return ${loading(source)}; })(require('process'))`;
}

/**
 * Field 22 of /proc/self/stat is the start time; the name in field 2 may hold spaces and parentheses. A program that may not
 * read it, or has no /proc, is known by its pid alone.
 */
function proving({ innerPid, startTime }: Attachable): string {
  return `if (process.pid !== ${innerPid}) return false;
  let stat = '';
  try { stat = require('fs').readFileSync('/proc/self/stat', 'latin1'); } catch {}
  if (stat !== '' && stat.slice(stat.lastIndexOf(')')).split(' ')[20] !== '${startTime}') return false;`;
}

/** Runs a CommonJS module. The console's `require` is its own; nothing stays behind in the program's globals. */
function loading(source: string): string {
  return `((require) => { const module = { exports: {} }; (function (exports, require, module) {${source}
}).call(module.exports, module.exports, require, module); return true; })(require)`;
}
