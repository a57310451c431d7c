// Identifies the agent: the first request of a client, which checks it against /proc.
import { type HelloParams, type HelloResult, PROTOCOL, ProtocolError } from '../protocol/protocol.ts';
import { hasInspector, hasTrim } from './runtime/runtime.ts';

/** Set by the build to the package's version. */
declare const MEMTOP_VERSION: string | undefined;

const TITLE_LENGTH = 256;
/** Of the fields after the name: starttime is the 22nd of all, state the 3rd. */
const START_TIME = 22 - 3;

export function hello(params: HelloParams): HelloResult {
  const { protocol = PROTOCOL } = params;
  if (protocol !== PROTOCOL) {
    throw new ProtocolError('otherProtocol', `This agent speaks protocol ${PROTOCOL}.`);
  }
  const start = startTime();
  return {
    protocol: PROTOCOL,
    agent: typeof MEMTOP_VERSION === 'string' ? MEMTOP_VERSION : '0.0.0',
    runtime: 'node',
    version: process.versions.node,
    pid: process.pid,
    ppid: process.ppid,
    ...(start === undefined ? {} : { start }),
    title: process.title.slice(0, TITLE_LENGTH),
    capabilities: capabilities(),
  };
}

function capabilities(): string[] {
  const always = ['minor', 'full', 'reclaim', 'heapSnapshot', 'gc', 'stats'];
  if (hasInspector()) always.push('workers', 'sampleHeap', 'growingContainers');
  if (hasTrim()) always.push('trim');
  return always;
}

/** starttime of proc_pid_stat(5). The name before it may hold spaces and parentheses: count after the last one. */
function startTime(): number | undefined {
  try {
    const { readFileSync } = require('node:fs') as typeof import('node:fs');
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME]);
    return Number.isSafeInteger(ticks) ? ticks : undefined;
  } catch {
    return undefined;
  }
}
