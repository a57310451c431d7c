// PSS and USS on the screen: fresh, old, denied, summed, and explained in the detail pane.
import { describe, expect, it } from 'vitest';
import { COSTLY } from '../../src/model/snapshot/smaps.ts';
import type { Process } from '../../src/model/snapshot/snapshot.ts';
import { frameOf } from '../helpers/frame.ts';
import { SIZES } from '../helpers/sizes.ts';
import { MEBIBYTE, NOON } from '../helpers/snapshots.ts';
import { press, serverProcesses, watched } from '../helpers/states.ts';

const TICKS = 30;
const LAST = NOON + (TICKS - 1) * 2000;

/** The little server: one reading is fresh, one old, one slow, one denied; the rest have none yet. */
function sharing(tick: number): Process[] {
  return serverProcesses(tick).map((process): Process => {
    const { rss } = process;
    const smaps = { pss: rss * 0.9, uss: rss * 0.8, shared: rss * 0.2, rss, readAt: LAST, cost: 0.2 };
    switch (process.who.pid) {
      case 9122:
        return { ...process, smaps };
      case 1311:
        return { ...process, smaps: { ...smaps, rss: rss - MEBIBYTE, readAt: LAST - 12_000, cost: COSTLY + 4.7 } };
      case 842:
        return { ...process, smapsGap: 'denied' };
      default:
        return process;
    }
  });
}

const COLUMNS = ['pid', 'user', 'rss', 'pss', 'uss', 'shared', 'command'] as const;
const state = (columns: number, rows: number, color = false) =>
  watched({ color, columns: COLUMNS, sort: { column: 'pss', descending: true } }, { columns, rows }, TICKS, sharing);

describe('PSS and USS', () => {
  it.each(SIZES)('at %i×%i', async (columns, rows) => {
    await expect(frameOf(state(columns, rows))).toMatchFileSnapshot(`frames/pss.${columns}x${rows}.txt`);
  });

  it('in colour, old values are dim', async () => {
    const frame = frameOf(state(80, 24, true)).replaceAll('\u001b', '␛');
    await expect(frame).toMatchFileSnapshot('frames/pss-colour.80x24.txt');
  });

  it('in the detail pane have an age and a cost', async () => {
    const frame = frameOf(press(state(160, 50), 'home', 'enter').state);
    await expect(frame).toMatchFileSnapshot('frames/pss-detail.160x50.txt');
  });

  it('that take long to read are read less often, and the detail pane says so', () => {
    const frame = frameOf(press(state(300, 60), 'home', 'enter').state).replace(/\s+/g, ' ');
    expect(frame).toMatch(/read 12s ago in 10 ms; .*read only every 30 s/);
  });

  it('that are denied come with the remedy', () => {
    const frame = frameOf(press(state(300, 60), ...'/postgres', 'enter', 'enter').state).replace(/\s+/g, ' ');
    expect(frame).toContain('permission denied: only its user and root can read them; see `memtop doctor`');
  });
});
