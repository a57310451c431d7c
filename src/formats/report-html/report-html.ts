// A report as one page for a browser: charts, a table and events, in a file that needs nothing from outside.
import { formatDayTime } from '../review-text.ts';
import { inlineJson } from './inline-json.ts';
import { type PageParts, pageParts } from './page-parts.ts';
import { type Reviewed, reportDataOf } from './report-data.ts';

/** The most bytes of a page. */
export const MOST_PAGE_BYTES = 2_000_000;

/** The parts that each curve is thinned to: two values of each are what a chart of a thousand pixels shows. */
export const PAGE_PARTS = 720;

/** What the page has besides script, style, licences and data. */
const FRAME_BYTES = 4096;

/**
 * The page. Everything that another process wrote is in the JSON of the element `data`, and the script shows it as text
 * only; the policy lets the page load nothing and run no other script.
 */
export function formatReportHtml(reviewed: Reviewed): string {
  const parts = pageParts();
  const own = parts.script.length + parts.style.length + parts.licences.length + FRAME_BYTES;
  const data = reportDataOf(reviewed, MOST_PAGE_BYTES - own);
  const title = `Memory of ${data.host}, ${formatDayTime(data.from)} to ${formatDayTime(data.to)}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policyOf(parts)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(title)}</title>`,
    `<style>${parts.style}</style>`,
    '</head>',
    '<body>',
    '<noscript>This report needs JavaScript. The same as text: memtop report FILE</noscript>',
    `<script type="application/json" id="data">${inlineJson(data)}</script>`,
    `<script>${parts.script}</script>`,
    `<!--\n${parts.licences.replaceAll('--', '- -')}\n-->`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Nothing but this script and this style: no request, no frame, no form (Content Security Policy Level 3). */
function policyOf({ scriptHash, styleHash }: PageParts): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${scriptHash}'`,
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
