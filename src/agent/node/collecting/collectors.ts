// The ways to collect the main heap, and which of them this version of Node has.
import { ProtocolError } from '../../protocol/protocol.ts';
import { collectThrough, type InspectorSession } from '../runtime/inspector-session.ts';
import { majorVersion } from '../runtime/runtime.ts';

export interface Collector {
  readonly name: 'minor' | 'major' | 'last-resort';
  /** What it lacks compared with its level: a sentence. */
  readonly note?: string;
  run(): Promise<void>;
}

export interface Collectors {
  readonly minor: Collector;
  readonly major: Collector;
  readonly lastResort: Collector;
}

interface GcOptions {
  readonly type?: 'minor' | 'major';
  readonly execution?: 'sync' | 'async';
  readonly flavor?: 'regular' | 'last-resort';
}

/** V8's own gc(). Unknown options silently make it a minor collection. */
type Gc = (options?: GcOptions) => Promise<void> | undefined;

/** From this version on gc() knows the flavor last-resort; on 20 even `type: 'major'` means a minor one. */
const KNOWS_LAST_RESORT = 22;

/**
 * Chooses for this version.
 *
 * @param session an open inspector session, where available
 * @throws ProtocolError when there is neither gc() nor an inspector
 */
export function chooseCollectors(session: InspectorSession | undefined): Collectors {
  const gc = obtainGc();
  if (gc === undefined && session === undefined) {
    throw new ProtocolError('unsupported', 'This runtime has neither gc() nor an inspector to force a collection.');
  }
  const through = session === undefined ? undefined : inspected(session);
  return {
    minor: gc === undefined ? instead(through, 'minor') : { name: 'minor', run: async () => gc({ type: 'minor' }) },
    major: gc === undefined ? instead(through, 'major') : { name: 'major', run: async () => gc() },
    lastResort: chooseLastResort(gc, through),
  };
}

function chooseLastResort(gc: Gc | undefined, through: Collector | undefined): Collector {
  if (gc !== undefined && majorVersion() >= KNOWS_LAST_RESORT) {
    const options = { type: 'major', execution: 'async', flavor: 'last-resort' } as const;
    return { name: 'last-resort', run: async () => gc(options) };
  }
  if (through !== undefined) return through;
  const note = 'This program does not allow an inspector, so V8 keeps some of the freed pages.';
  return { name: 'major', note, run: async () => gc?.() };
}

/**
 * A collection that is over when the function returns; undefined where this runtime has none. The second in a row returns
 * freed pages to the system also on versions without last-resort ones. While a program exits no inspector answers.
 */
export function chooseAtOnce(): (() => void) | undefined {
  const gc = obtainGc();
  if (gc === undefined) return undefined;
  if (majorVersion() < KNOWS_LAST_RESORT) return () => void gc();
  return () => void gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

/** HeapProfiler.collectGarbage is a last-resort collection on every version. */
function inspected(session: InspectorSession): Collector {
  return { name: 'last-resort', run: () => collectThrough(session) };
}

function instead(through: Collector | undefined, wanted: string): Collector {
  const note = `gc() is not available, so a last-resort collection replaced the ${wanted} one.`;
  return { name: 'last-resort', note, run: async () => through?.run() };
}

/**
 * V8's gc() without leaving anything behind: a new context gets it while the flag is up, then the flag goes down
 * again. Where the program itself was started with --expose-gc the flag is not touched.
 */
function obtainGc(): Gc | undefined {
  try {
    const v8 = require('node:v8') as typeof import('node:v8');
    const exposed = typeof globalThis.gc === 'function' ? gcOfNewContext() : undefined;
    if (exposed !== undefined) return exposed;
    v8.setFlagsFromString('--expose-gc');
    try {
      return gcOfNewContext();
    } finally {
      v8.setFlagsFromString('--no-expose-gc');
    }
  } catch {
    return undefined;
  }
}

function gcOfNewContext(): Gc | undefined {
  const vm = require('node:vm') as typeof import('node:vm');
  return vm.runInNewContext('typeof gc === "function" ? gc : undefined') as Gc | undefined;
}
