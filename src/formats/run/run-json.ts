// The result of a run as one JSON document on one line: version 1 of a format that other programs rely on.
import type { RunResult } from '../../model/run/run.ts';
import { escapeUnprintable } from '../../text/clean.ts';
import { eventAsJson } from '../event.ts';
import { round } from '../round.ts';
import { isoTime } from '../time.ts';

/** The document and a line feed. Sizes are bytes, `growth` is bytes a second, what is not known is absent. */
export function formatRunJson(result: RunResult): string {
  const { command, exitCode, signal, elapsed, main, tree, growth, pattern, collections, lastCollect, oom } = result;
  const document = {
    version: 1,
    command,
    exitCode,
    signal,
    elapsedMs: Math.round(elapsed),
    main: main && { pid: main.pid, peak: main.peak, peakAt: isoTime(main.peakAt.time), resting: main.resting },
    tree: tree && { peak: tree.peak, resting: tree.resting },
    growth: growth === undefined ? undefined : round(growth, 2),
    pattern,
    collections,
    verdict: lastCollect?.verdict,
    oom: oom && eventAsJson(oom),
  };
  return `${escapeUnprintable(JSON.stringify(document))}\n`;
}
