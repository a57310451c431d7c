import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/app/state/state.ts';
import { frameLines } from '../../../src/screen/frame.ts';
import { act, press, shownPids, watched } from '../../helpers/states.ts';

const selectedPid = ({ shown, cursor }: State) => shown[cursor]?.process.who.pid;

describe('F3', () => {
  it('moves to the first match and hides nothing', () => {
    const { state } = press(watched(), 'f3', ...'post');
    expect([selectedPid(state), shownPids(state).length]).toEqual([842, 6]);
    expect(press(state, 'enter').state).toMatchObject({ mode: { kind: 'table' }, filter: '', search: 'post' });
  });

  it('follows what is typed from where the search began', () => {
    const { state } = press(watched(), 'f3', ...'no');
    expect(selectedPid(state)).toBe(1311);
    expect(selectedPid(press(state, 'backspace', 'backspace', ...'dock').state)).toBe(1502);
    expect(selectedPid(press(state, 'x').state)).toBe(1311);
  });

  it('takes what a filter takes, a pid and a comparison too', () => {
    expect(selectedPid(press(watched(), 'f3', ...'9122').state)).toBe(9122);
    expect(selectedPid(press(watched(), 'f3', ...'rss<90m').state)).toBe(1502);
  });

  it('goes to the next match by F3 and n, round the end', () => {
    const { state } = press(watched(), 'f3', ...'user=root');
    expect(selectedPid(state)).toBe(1502);
    expect(selectedPid(press(state, 'f3').state)).toBe(1);
    expect(selectedPid(press(state, 'enter', 'n').state)).toBe(1);
    expect(press(state, 'enter', 'n', 'n').state).toMatchObject({ notice: 'Match 1 of 2 for "user=root"' });
  });

  it('Esc goes back to where the selection was', () => {
    const { state } = press(watched(), 'f3', ...'dock', 'escape');
    expect(state).toMatchObject({ cursor: 0, anchor: 'first-row', search: '', mode: { kind: 'table' } });
  });

  it('takes a paste, and shows which of how many matches is selected', () => {
    const open = press(watched({}, { columns: 100, rows: 24 }), 'f3').state;
    const { state } = act(open, { type: 'paste', text: 'user=root' });
    expect(frameLines(state).at(-1)).toMatch(/^Search: user=root▏ +match 1 of 2 {2}F3 next {2}Enter keep {2}Esc back/);
    expect(frameLines(press(state, 'x').state).at(-1)).toContain('no match');
  });
});

it('n says what it needs before the first search, and when nothing matches any more', () => {
  expect(press(watched(), 'n').state.notice).toBe('No search yet: press F3 to search');
  expect(press(watched(), 'f3', ...'zzz', 'enter', 'n').state.notice).toBe('No process shown matches "zzz"');
});
