import { describe, expect, it } from 'vitest';
import { frameLines } from '../../../src/screen/frame.ts';
import { MEBIBYTE, processOf } from '../../helpers/snapshots.ts';
import { press, watched } from '../../helpers/states.ts';

const SCRIPT = '/srv/application/releases/2026-11-27/services/worker/leak.cjs';
const processes = () => [
  processOf({
    who: { pid: 10, name: 'node', command: `/usr/local/bin/node --max-old-space-size=300 ${SCRIPT} --queue mail` },
    rss: 512 * MEBIBYTE,
  }),
  processOf({ who: { pid: 11, name: 'init', command: '/sbin/init' }, rss: 10 * MEBIBYTE }),
];
const table = (...keys: string[]) =>
  frameLines(press(watched({}, { columns: 80, rows: 10 }, 2, processes), ...keys).state).slice(2, 5);

describe('a command', () => {
  it('begins with the names of program and script', () => {
    expect(table()[1]).toMatch(/ node --max-old-space-size/);
    const wide = frameLines(watched({}, { columns: 160, rows: 10 }, 2, processes));
    expect(wide[3]).toContain(' node --max-old-space-size=300 leak.cjs --queue mail');
  });

  it('is shown with its paths by p, and by name by p again', () => {
    expect(table('p')[1]).toContain(' /usr/local/bin/node --ma');
    expect(table('p', 'p')[1]).toMatch(/ node --max-old/);
  });

  it('is moved sideways by the arrows as far as the longest reaches, and the title says how far', () => {
    const [titles, long, short] = table('right', 'right');
    expect(titles).toMatch(/COMMAND \+16$/);
    expect(long).toMatch(/ …ace-size=300 leak\.cjs --q…$/);
    expect(short).not.toContain('init');
    expect(table(...new Array(50).fill('right'))[1]).toMatch(/ …[^ ].*mail *$/);
    expect(table('right', 'right', 'left', 'left', 'left')).toEqual(table());
  });
});

describe('sizes', () => {
  it('are percentages of the memory of the machine by %, and bytes again', () => {
    const [titles, row] = table('%');
    expect(titles).toContain('RSS%▼');
    expect(row).toContain(' 25.0% ');
    expect(table('%', '%')[1]).toContain('  512M ');
  });

  it('stay in bytes where the size of memory is not known', () => {
    const state = press(
      watched({}, { columns: 80, rows: 24 }, 2, processes, () => ({})),
      '%',
    ).state;
    expect(state.display.isPercent).toBe(false);
    expect(state.notice).toContain('unknown');
  });
});
