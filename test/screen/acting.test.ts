// Golden frames of what acts on processes: tags, the menu of signals, their results, all verdicts in one table.
import { describe, expect, it } from 'vitest';
import type { Fate } from '../../src/app/state/signals.ts';
import type { State } from '../../src/app/state/state.ts';
import type { Process } from '../../src/model/snapshot/snapshot.ts';
import { frameLines } from '../../src/screen/frame.ts';
import { cellWidth } from '../../src/text/width.ts';
import { collectable, outcomeFor, targetFor } from '../helpers/batches.ts';
import { frameOf } from '../helpers/frame.ts';
import { SIZES } from '../helpers/sizes.ts';
import { NOON, processOf } from '../helpers/snapshots.ts';
import { act, press, SIGNALS, watched } from '../helpers/states.ts';

const at = (columns: number, rows: number, processes?: (tick: number) => Process[]) =>
  press(watched({}, { columns, rows }, 30, processes), 'home').state;

/** The state once the result of TERM is known for the tagged processes, or the selected one. */
function signalled(state: State, ...fates: Fate[]): State {
  const { state: sent, effects } = press(state, 'f9', 'enter');
  const [effect] = effects;
  if (effect?.do !== 'signal') throw new Error('nothing was sent');
  const deliveries = effect.to.map((to, index) => ({ to, fate: fates[index] as Fate }));
  return act(sent, { type: 'signalled', signal: effect.signal, deliveries }).state;
}

const STAYS: Fate = { kind: 'stays', after: 3000, state: 'S' };

describe.each(SIZES)('at %i×%i', (columns, rows) => {
  const size = `${columns}x${rows}`;

  it('the menu of signals', async () => {
    await expect(frameOf(press(at(columns, rows), 'f9').state)).toMatchFileSnapshot(`frames/signal-menu.${size}.txt`);
  });

  it('the menu for several, a signal being typed', async () => {
    const state = press(at(columns, rows), 'space', 'space', 'space', 'f9', 'k').state;
    await expect(frameOf(state)).toMatchFileSnapshot(`frames/signal-menu-tagged.${size}.txt`);
  });

  it('one that does not end', async () => {
    await expect(frameOf(signalled(at(columns, rows), STAYS))).toMatchFileSnapshot(`frames/signal-stays.${size}.txt`);
  });

  it('one that is not permitted', async () => {
    const state = signalled(at(columns, rows), { kind: 'denied', own: 'www-data' });
    await expect(frameOf(state)).toMatchFileSnapshot(`frames/signal-denied.${size}.txt`);
  });

  it('the verdicts while all tagged are collected in', async () => {
    const { state } = press(at(columns, rows, collectable(148)), 'space', 'space', 'space', 'C', 'y');
    const running = act(
      state,
      { type: 'ended', target: targetFor(1311), outcome: outcomeFor(1311), at: 40_000 },
      { type: 'began', running: { target: targetFor(9122), what: 'collect', since: NOON + 55_000 } },
    ).state;
    await expect(frameOf(running)).toMatchFileSnapshot(`frames/verdicts-running.${size}.txt`);
  });

  it('the verdicts at the end', async () => {
    const { state } = press(at(columns, rows, collectable(148)), 'space', 'space', 'space', 'C', 'y');
    const over = act(
      state,
      ...[1311, 9122].map(
        (pid) => ({ type: 'ended', target: targetFor(pid), outcome: outcomeFor(pid), at: 40_000 }) as const,
      ),
    ).state;
    await expect(frameOf(over)).toMatchFileSnapshot(`frames/verdicts.${size}.txt`);
  });
});

describe('other themes', () => {
  it('tags in colour, the escapes written out', async () => {
    const state = press(watched({ color: true }), 'home', 'space', 'space').state;
    await expect(frameOf(state).replaceAll('\u001b', '␛')).toMatchFileSnapshot('frames/tags-colour.80x24.txt');
  });

  it('the menu in ASCII', async () => {
    const state = press(watched({ ascii: true }), 'home', 'space', 'space', 'f9').state;
    expect(frameOf(state)).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(frameOf(state)).toMatchFileSnapshot('frames/signal-menu-ascii.80x24.txt');
  });

  it('init, with its warning', async () => {
    const state = press(watched({ filter: 'systemd' }), 'f9').state;
    await expect(frameOf(state)).toMatchFileSnapshot('frames/signal-menu-init.80x24.txt');
    await expect(frameOf(press(state, 'enter').state)).toMatchFileSnapshot('frames/signal-init-question.80x24.txt');
  });
});

it('a name that would take over the terminal is plain text in the menu and in notices', () => {
  const evil = '\u001b[2J\u001b]0;owned\u0007\u202eevil\nname';
  const hostile = () => [processOf({ who: { pid: 666, name: evil, command: `${evil} ${evil}`, user: evil } })];
  const menu = press(watched({}, { columns: 80, rows: 24 }, 1, hostile), 'f9').state;
  for (const state of [menu, signalled(press(menu, 'escape').state, STAYS)]) {
    for (const line of frameLines(state)) expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(frameLines(state).join('\n')).toContain('evil');
  }
});

it('no line is wider than the terminal, and there are no more of them, at any size', () => {
  const sizes = [1, 5, 10, 19, 20, 23, 24, 29, 30, 35, 36, 41, 49, 50, 59, 60, 65, 66, 75, 76, 80, 120, 140, 200];
  for (const columns of sizes) {
    for (const rows of [1, 2, 3, 4, 5, 8, 9, 12, 16, 24, 50]) {
      const base = press(watched({}, { columns, rows }, 2, collectable(148)), 'home', 'space', 'space', 'space').state;
      const batch = press(base, 'C', 'y').state;
      const over = act(batch, { type: 'ended', target: targetFor(1311), outcome: outcomeFor(1311), at: 1 }).state;
      const menus = [[], ['f9'], ['f9', ...'kill'], ['U', 'f9']].map((keys) => press(base, ...keys).state);
      for (const state of [...menus, batch, over, signalled(base, STAYS, STAYS, STAYS)]) {
        const lines = frameLines(state);
        expect(lines.length, `${columns}×${rows}`).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(cellWidth(line), `${columns}×${rows}: ${line}`).toBeLessThanOrEqual(columns);
      }
    }
  }
});

it('the menu scrolls so that the chosen signal is always on the screen', () => {
  for (const rows of [5, 8, 10, 24]) {
    const menu = press(at(80, rows), 'f9', 'home').state;
    for (let line = 0; line < SIGNALS.length; line += 1) {
      const frame = frameLines(press(menu, ...new Array(line).fill('down')).state).join('\n');
      expect(frame).toMatch(new RegExp(`^› +\\d+ ${SIGNALS[line]?.name} `, 'm'));
    }
  }
});
