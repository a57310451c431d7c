// The mark at the highest reading of a chart: its value, its time, and the column it stands in.
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { frameLines } from '../../../src/screen/frame.ts';
import { MEBIBYTE, processOf } from '../../helpers/snapshots.ts';
import { press, watched } from '../../helpers/states.ts';

const SIZE = { columns: 160, rows: 50 };

/** The detail pane of a process that has 50 MiB but in three samples, two seconds apart, in which it has 200 and once 240. */
function linesAt(peak: number, ticks: number): string[] {
  const processes = (tick: number) => [
    processOf({
      who: { pid: 77, command: 'node spikes.js' },
      rss: (tick === peak ? 240 : Math.abs(tick - peak) === 1 ? 200 : 50) * MEBIBYTE,
    }),
  ];
  return frameLines(press(watched({}, SIZE, ticks, processes), 'enter').state).map((line) =>
    stripVTControlCharacters(line),
  );
}

/** The column of the screen, from 0, of the last sign in a line. */
const columnOf = (line: string | undefined, sign: string) => [...(line ?? '')].lastIndexOf(sign);

describe('the mark at the highest reading', () => {
  it.each([
    ['early, its text to its right', 20, 250, /▲ 240M 14:00/],
    ['in the middle', 120, 250, /▲ 240M 14:04/],
    ['late, its text to its left', 240, 250, /240M 14:08 ▲/],
  ])('%s: value and minute', (_, peak, ticks, text) => {
    expect(linesAt(peak, ticks).find((line) => line.includes('▲'))).toMatch(text);
  });

  it.each([20, 60, 120, 200, 240])(
    'stands below the highest column of the plot, for the %sth of 250 samples',
    (peak) => {
      const lines = linesAt(peak, 250);
      const pane = lines.map((line) => line.slice(line.indexOf('│')));
      const mark = pane.findIndex((line) => line.includes('▲'));
      const top = pane.slice(0, mark).find((line) => /[▁▂▃▄▅▆▇█]/.test(line));
      const tops = [...(top ?? '')].flatMap((cell, column) => (/[▁▂▃▄▅▆▇█]/.test(cell) ? [column] : []));
      expect(tops).toContain(columnOf(pane[mark], '▲'));
      expect(tops.length).toBeLessThanOrEqual(3);
    },
  );

  it('is left out where nothing was higher than the rest', () => {
    expect(linesAt(1000, 60).join('\n')).not.toContain('▲');
  });
});
