// The events of the time as a list: OOM kills, and collections that freed much. Each leads to its place in the charts.
import { formatSize } from '../../../text/format.ts';
import type { ReportData, ReportedCollection, ReportedKill } from '../report-data.ts';
import { button, element } from './dom.ts';
import { formatWithin } from './times.ts';

/** `onChoose` gets the time of the event that the reader chooses, in milliseconds since the epoch. */
export function eventsOf(data: ReportData, onChoose: (time: number) => void): HTMLElement {
  const events = [
    ...data.kills.map((kill) => ({ time: kill.time, kind: 'kill', text: killText(kill) })),
    ...data.collections.map((each) => ({ time: each.time, kind: 'collection', text: collectionText(each) })),
  ].sort((one, other) => one.time - other.time);
  const items = events.map(({ time, kind, text }) => {
    const mark = element('span', { class: `mark ${kind}`, 'aria-hidden': 'true' });
    return element(
      'li',
      {},
      mark,
      button(formatWithin(time, data), {}, () => onChoose(time)),
      ` ${text}`,
    );
  });
  const list = items.length > 0 ? element('ol', {}, ...items) : element('p', {}, 'No OOM kill was seen.');
  return element('section', { class: 'events' }, element('h2', {}, 'Events'), list);
}

function killText({ name, pid, rss, cgroup, by, certainty }: ReportedKill): string {
  const what = `${name}${pid === undefined ? '' : ` (${pid})`}${rss === undefined ? '' : `, ${formatSize(rss)}`}`;
  const limit = cgroup === undefined ? '' : `, limit of ${cgroup}`;
  return `OOM kill: ${what}${limit}, by ${by}${certainty === 'probable' ? ' (probably)' : ''}`;
}

function collectionText({ name, pid, freed }: ReportedCollection): string {
  return `Collection in ${name} (${pid}) freed ${formatSize(freed)}`;
}
