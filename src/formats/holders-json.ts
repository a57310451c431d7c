// What holds a leak as one JSON document on one line. The fields and their order are fixed.

import { explainHolders } from '../model/lines/holder-lines.ts';
import { clearContainer, clearLine, type Holders } from '../model/lines/holders.ts';
import { escapeUnprintable } from '../text/clean.ts';

/** One line with its newline. A list that was not requested is left out; `clear` is the likely cause. */
export function formatHoldersJson(holders: Holders): string {
  const { pid, runtime, seconds, pauseMs, containers, lines, bytes, notes } = holders;
  const { explanation, next } = explainHolders(holders);
  const document = {
    ...{ pid, runtime, seconds, explanation, next, pauseMs },
    clear: { container: clearContainer(holders) !== undefined, line: clearLine(holders) !== undefined },
    containers: containers?.map(({ name, type, entries, grown }) => ({ name, type, entries, grown })),
    lines: lines?.map(({ file, line, function: name, bytes: size, count, stack }) => ({
      ...{ file, line, function: name, bytes: size, count, stack },
    })),
    bytes,
    notes,
  };
  return `${escapeUnprintable(JSON.stringify(document))}\n`;
}
