import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { decodeNumbers } from '../../../src/formats/report-html/number-text.ts';
import type { ReportData } from '../../../src/formats/report-html/report-data.ts';
import { formatReportHtml, MOST_PAGE_BYTES, PAGE_PARTS } from '../../../src/formats/report-html/report-html.ts';
import { Collections } from '../../../src/model/review/collections.ts';
import { Curves } from '../../../src/model/review/curves.ts';
import { Reviewer } from '../../../src/model/review/review.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../../helpers/snapshots.ts';
import { movingSnapshots } from '../../recording/moving-snapshots.ts';

function pageOf(snapshots: readonly Snapshot[]): string {
  const [begin, end] = [snapshots[0]?.time ?? 0, snapshots.at(-1)?.time ?? 0];
  const reviewer = new Reviewer(begin, end, 1);
  const [curves, collections, tracker] = [new Curves(begin, end, PAGE_PARTS), new Collections(), new Tracker()];
  for (const snapshot of snapshots) {
    const rows = tracker.advance(snapshot, 1000);
    reviewer.take(snapshot, rows, snapshot.events ?? [], tracker.timeline);
    curves.take(snapshot, rows);
    collections.take(snapshot.time, rows);
  }
  return formatReportHtml({ review: reviewer.finish()!, curves, collections });
}

/** The elements of a kind: their attributes and their content, which ends where a browser would end it. */
function elementsOf(page: string, tag: string): readonly { readonly attributes: string; readonly content: string }[] {
  const found = page.matchAll(new RegExp(`<${tag}\\b([^>]*)>([\\s\\S]*?)</${tag}[\\s>/]`, 'gi'));
  return [...found].map(([, attributes = '', content = '']) => ({ attributes, content }));
}

function dataOf(page: string): ReportData {
  const [data] = elementsOf(page, 'script').filter(({ attributes }) => attributes.includes('application/json'));
  return JSON.parse(data!.content) as ReportData;
}

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

it('The policy names the hashes of the one script and the one style, and allows nothing else', () => {
  const page = pageOf(movingSnapshots(5));
  const [policy] = [...page.matchAll(/Content-Security-Policy" content="([^"]*)"/g)].map(([, content]) => content);
  const [style, ...otherStyles] = elementsOf(page, 'style');
  const [, script, ...otherScripts] = elementsOf(page, 'script');
  expect([otherStyles, otherScripts]).toEqual([[], []]);
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${sha256(script!.content)}`,
    `style-src ${sha256(style!.content)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

it('Names no address, so that a browser has nothing to load', () => {
  const page = pageOf(movingSnapshots(5)).replace(/<!--[\s\S]*?-->/g, '');
  expect(page).not.toMatch(/\b(?:src|href|srcset|action)=|@import|url\(/);
});

it('Names and commands of processes are data, whatever they contain', () => {
  const hostile = '</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>\u2028&"\'';
  const process = processOf({ who: { pid: 7, name: hostile, command: `${hostile}\u202e\u0007` } });
  const host = { name: '</title><script>alert(3)</script>', platform: 'linux', kernel: '6.18.0' };
  const page = pageOf([{ ...snapshotOf([process]), host }]);
  expect(elementsOf(page, 'script')).toHaveLength(2);
  expect(page).not.toMatch(/<img|\u2028|<\/title><script>/);
  expect(dataOf(page).processes[0]).toMatchObject({ name: hostile.replace('\u2028', ' ') });
  expect(dataOf(page).processes[0]?.command).toBe(hostile.replace('\u2028', ' '));
});

it('Has peaks, growth and curves as they were recorded', () => {
  const { processes, moments, from, samples } = dataOf(pageOf(movingSnapshots(120)));
  const [growing] = processes;
  expect([from, samples]).toEqual([NOON, 120]);
  expect(growing).toMatchObject({ name: 'growing', peak: 219 * MEBIBYTE, peakAt: NOON + 119_000, pattern: 'growing' });
  expect(decodeNumbers(moments)).toEqual(Array.from({ length: 120 }, (_, second) => second * 1000));
  const [start, text] = growing?.curve ?? [];
  expect([start, decodeNumbers(text ?? '').map((value) => (value - 1) / 1024)]).toEqual([
    0,
    Array.from({ length: 120 }, (_, second) => 100 + second),
  ]);
});

it('Carries the licence of the charts', () => {
  expect(pageOf(movingSnapshots(1))).toMatch(/<!--\nuplot [\d.]+\n\nThe MIT License[\s\S]*Leon Sorokin[\s\S]*-->/);
});

it('A page never exceeds its bytes: the smallest processes lose their curves first', () => {
  // Sizes that never repeat, and more processes than a page has space for.
  const processesAt = (second: number) =>
    Array.from({ length: 1100 }, (_, index) => {
      const rss = (1100 - index) * 1024 * MEBIBYTE + ((second * 79_190_017 + index * 104_729) % 1_000_003) * 1024;
      return processOf({ who: { pid: index + 1, command: `${'🐘'.repeat(400)}<${index}` }, rss });
    });
  const first = snapshotOf(processesAt(0));
  const tracker = new Tracker();
  const rows = tracker.advance(first, 1000);
  const reviewer = new Reviewer(NOON, NOON + 299_000, 1);
  reviewer.take(first, rows, [], tracker.timeline);
  const curves = new Curves(NOON, NOON + 299_000, PAGE_PARTS);
  for (let second = 0; second < 300; second += 1) {
    const processes = processesAt(second);
    curves.take(
      snapshotOf(processes, second),
      rows.map((row, index) => ({ ...row, process: processes[index]! })),
    );
  }
  const page = formatReportHtml({ review: reviewer.finish()!, curves, collections: new Collections() });
  const bytes = Buffer.byteLength(page);
  expect(bytes).toBeLessThanOrEqual(MOST_PAGE_BYTES);
  expect(bytes).toBeGreaterThan(MOST_PAGE_BYTES * 0.9);
  const { processes, hidden } = dataOf(page);
  expect(processes.length + hidden).toBe(1100);
  const drawn = processes.map(({ curve }) => curve !== undefined);
  expect(drawn.indexOf(false)).toBeGreaterThan(100);
  expect(drawn.lastIndexOf(true)).toBe(drawn.indexOf(false) - 1);
});
