// What the header says of OOM kills: how many since boot, and for a quarter of an hour which was the last.
import { whoOf } from '../../app/panes/oom.ts';
import type { View } from '../../app/state/state.ts';
import type { Obituary } from '../../model/oom/obituaries.ts';
import { formatClock } from '../../text/format.ts';
import { counted } from '../../text/plural.ts';
import { cellWidth } from '../../text/width.ts';
import type { Theme } from '../theme/theme.ts';

/** Milliseconds for which the last kill is an alarm. */
const ALARM = 15 * 60_000;

/** The text in the longest form that fits; empty where no process was killed. */
export function oomText(view: View, width: number): string {
  const count = view.snapshot.system.oomKills ?? 0;
  const kills = count > 0 ? counted(count, 'OOM kill') : 'OOM kill';
  const last = lastKill(view);
  if (last === undefined) return count > 0 && kills.length <= width ? kills : '';
  const probably = last.kill.certainty === 'certain' ? '' : 'probably ';
  const which = `${probably}${whoOf(last.kill)}`;
  const when = `${which} ${formatClock(last.kill.time).slice(0, 5)}`;
  const texts = [`${kills}, last: ${when} (O: details)`, `${kills}, last: ${when}`, `${kills}: ${when}`];
  return [...texts, `${kills}: ${which}`, kills].find((words) => cellWidth(words) <= width) ?? '';
}

/** The text in red while the last kill is recent, and quiet later. */
export function oomWords(view: View, width: number, theme: Theme): string {
  const text = oomText(view, width);
  return text === '' ? '' : theme.paint(lastKill(view) === undefined ? 'quiet' : 'bad', theme.plain(text));
}

/** The last kill, while it is an alarm. */
export function lastKill({ obituaries, snapshot }: View): Obituary | undefined {
  const last = obituaries?.[0];
  return last !== undefined && snapshot.time - last.kill.time < ALARM ? last : undefined;
}
