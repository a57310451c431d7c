// The top of the page: what was recorded, and what matters most of it, as sentences.
import { formatGrowth, formatSize } from '../../../text/format.ts';
import { counted } from '../../../text/plural.ts';
import type { ReportData, ReportedProcess } from '../report-data.ts';
import { element } from './dom.ts';
import { formatLength, formatMoment, formatWithin } from './times.ts';

/** Growing processes that are named. */
const NAMED = 3;

export function headingOf(data: ReportData): HTMLElement {
  const { host, from, to, samples, system } = data;
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const span = `${formatMoment(from)} to ${formatMoment(to)} (${formatLength(to - from)}, ${counted(samples, 'sample')})`;
  const findings = [memory(data), kills(data), growing(data), collected(data)];
  return element(
    'header',
    {},
    element('h1', {}, `Memory of ${host}`),
    element('p', { class: 'note' }, `${span}. ${system}. Times are those of ${zone}.`),
    element(
      'ul',
      { class: 'findings' },
      ...findings.flatMap((finding) => (finding === undefined ? [] : itemOf(finding))),
    ),
  );
}

interface Finding {
  readonly title: string;
  readonly text: string;
  readonly detail?: string;
  readonly isBad?: boolean;
}

function itemOf({ title, text, detail, isBad = false }: Finding): HTMLElement {
  const parts = [element('span', { class: 'what' }, title), element('strong', {}, text)];
  if (detail !== undefined) parts.push(element('span', { class: 'detail' }, detail));
  return element('li', isBad ? { class: 'bad' } : {}, ...parts);
}

function memory({ lowest, total, from, to }: ReportData): Finding {
  const title = 'Lowest available memory';
  if (lowest === undefined || total === undefined) return { title, text: 'unknown' };
  const percent = Math.round((lowest.available / Math.max(1, total)) * 100);
  const detail = `of ${formatSize(total)} (${percent}%), at ${formatWithin(lowest.at, { from, to })}`;
  return { title, text: formatSize(lowest.available), detail, isBad: percent < 5 };
}

function kills(data: ReportData): Finding {
  const last = data.kills.at(-1);
  const title = 'OOM kills';
  if (last === undefined) return { title, text: 'none' };
  const detail = `last: ${nameOf(last)} at ${formatWithin(last.time, data)}`;
  return { title, text: String(data.kills.length), detail, isBad: true };
}

/** The largest first, as the processes of the data are. */
function growing({ processes }: ReportData): Finding {
  const title = 'Growing';
  const found = processes.filter(({ pattern }) => pattern === 'growing');
  if (found.length === 0) return { title, text: 'none' };
  const named = found.slice(0, NAMED).map((each) => `${nameOf(each)} ${rateOf(each)}`);
  const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : '';
  return { title, text: String(found.length), detail: `${named.join(', ')}${more}`, isBad: true };
}

function rateOf({ growth, hasEnded }: ReportedProcess): string {
  const rate = growth === undefined ? '' : `${formatGrowth(growth, '0')}/min`;
  return hasEnded ? `${rate} until it ended`.trim() : rate;
}

function collected(data: ReportData): Finding | undefined {
  const [largest] = [...data.collections].sort((one, other) => other.freed - one.freed);
  if (largest === undefined) return undefined;
  const detail = `most: ${formatSize(largest.freed)} of ${nameOf(largest)} at ${formatWithin(largest.time, data)}`;
  return { title: 'Collections that freed much', text: String(data.collections.length), detail };
}

function nameOf({ name, pid }: { readonly name: string; readonly pid?: number }): string {
  return pid === undefined ? name : `${name} (${pid})`;
}
