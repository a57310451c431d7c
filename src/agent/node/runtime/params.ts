// Reads parameters that came from outside: types, bounds and defaults.
import {
  type CollectLevel,
  type CollectParams,
  EVENT_INTERVAL,
  EVENT_NAMES,
  type EventName,
  LEVELS,
  MAX_ROUNDS,
  ProtocolError,
  WATCH_SECONDS,
} from '../../protocol/protocol.ts';

export interface CollectWish {
  readonly level: CollectLevel;
  readonly maxRounds: number;
}

export function readCollectParams(params: CollectParams): CollectWish {
  const { level = 'reclaim', maxRounds = MAX_ROUNDS.default } = params;
  if (!LEVELS.includes(level)) throw new ProtocolError('invalidParams', 'level must be minor, full or reclaim.');
  return { level, maxRounds: whole('maxRounds', maxRounds, MAX_ROUNDS) };
}

/** Milliseconds between events. */
export function readEventInterval(interval: unknown = EVENT_INTERVAL.default): number {
  return whole('interval', interval, EVENT_INTERVAL);
}

/** Seconds that the program is watched for. */
export function readSeconds(seconds: unknown = WATCH_SECONDS.default): number {
  return whole('seconds', seconds, WATCH_SECONDS);
}

export function readEvents(events: unknown): EventName[] {
  if (!Array.isArray(events) || events.length > EVENT_NAMES.length || !events.every(isEventName)) {
    throw new ProtocolError('invalidParams', 'events must be a list of gc and stats.');
  }
  return [...new Set(events)];
}

/** The absolute path of a directory; the file system checks whether it is usable. */
export function readDirectory(directory: unknown): string {
  if (typeof directory !== 'string' || !directory.startsWith('/') || directory.includes('\0')) {
    throw new ProtocolError('invalidParams', 'directory must be an absolute path.');
  }
  return directory;
}

function isEventName(name: unknown): name is EventName {
  return (EVENT_NAMES as readonly unknown[]).includes(name);
}

function whole(name: string, value: unknown, bounds: { readonly least: number; readonly most: number }): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= bounds.least && value <= bounds.most) {
    return value;
  }
  throw new ProtocolError('invalidParams', `${name} must be a whole number from ${bounds.least} to ${bounds.most}.`);
}
