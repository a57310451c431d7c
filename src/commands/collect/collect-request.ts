// The request to `memtop collect`, read from its flags.
import { type CollectLevel, LEVELS, WATCH_SECONDS } from '../../agent/protocol/protocol.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import { UserError } from '../../errors/user-error.ts';
import { FEWEST_FLOORS } from '../../model/collection/leak.ts';
import { quoted, readChoice, readInterval } from '../../settings/values.ts';
import { parseDuration } from '../../text/duration.ts';

export interface CollectRequest {
  readonly level: CollectLevel;
  readonly all: boolean;
  readonly json: boolean;
  readonly yes: boolean;
  readonly attach: boolean;
  /** The leak test; undefined for one collection. */
  readonly repeat: { readonly times: number; readonly every: number } | undefined;
  /** Absolute path of the folder for a heap snapshot. */
  readonly heapSnapshot: string | undefined;
  /** Milliseconds to watch for what holds the memory, in place of collecting. */
  readonly lines: number | undefined;
}

const TIMES = 5;
const EVERY = 60_000;
const MOST_TIMES = 10_000;
const LONGEST_WATCH = WATCH_SECONDS.most * 1000;

/** @throws UserError for a value that is not valid */
export function readCollectRequest(flags: ParsedWords['flags'], absolute: (path: string) => string): CollectRequest {
  const { level, repeat, every, heapSnapshot, lines } = flags as Readonly<Record<string, string | undefined>>;
  const repeats = repeat !== undefined || every !== undefined;
  if (lines !== undefined && (repeats || heapSnapshot !== undefined || level !== undefined)) {
    throw new UserError(
      '--lines cannot be combined with --level, --repeat, --every or --heap-snapshot.',
      'Example: memtop collect PID --lines 30s',
    );
  }
  return {
    level: level === undefined ? 'reclaim' : readChoice('level', level, LEVELS),
    all: flags.all === true,
    json: flags.json === true,
    yes: flags.yes === true,
    attach: flags.attach === true,
    repeat: repeats
      ? {
          times: repeat === undefined ? TIMES : readTimes(repeat),
          every: every === undefined ? EVERY : readInterval(every),
        }
      : undefined,
    heapSnapshot: heapSnapshot === undefined ? undefined : absolute(heapSnapshot),
    lines: lines === undefined ? undefined : readWatch(lines),
  };
}

function readTimes(text: string): number {
  const times = /^\d{1,6}$/.test(text.trim()) ? Number(text) : 0;
  if (times >= FEWEST_FLOORS && times <= MOST_TIMES) return times;
  throw new UserError(
    `${quoted(text)} is not a valid number of collections for a leak test.`,
    `A trend needs at least ${FEWEST_FLOORS}: --repeat ${TIMES} --every 60s.`,
  );
}

function readWatch(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds >= 1000 && milliseconds <= LONGEST_WATCH) return milliseconds;
  throw new UserError(
    `Invalid time ${quoted(text)} for --lines.`,
    'Use 1s to 5m: 10s, 30s, 2m (a bare number is seconds).',
  );
}
