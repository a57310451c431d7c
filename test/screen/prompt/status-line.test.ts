import { expect, it } from 'vitest';
import type { State } from '../../../src/app/state/state.ts';
import { statusLines } from '../../../src/screen/prompt/status-line.ts';
import { themeOf } from '../../../src/screen/theme/theme.ts';
import { cellWidth } from '../../../src/text/width.ts';
import { press, watched } from '../../helpers/states.ts';

const linesOf = (state = watched(), most = 4) => statusLines(state, most, themeOf(state.appearance));
const lineOf = (state = watched()) => linesOf(state).join('\n');

it.each([160, 80, 40, 24])('the last line is no wider than a terminal of %i columns', (columns) => {
  for (const keys of [[], ['/'], ['f3'], ['?'], ['space']]) {
    const { state } = press(watched({}, { columns, rows: 24 }), ...keys);
    expect(cellWidth(lineOf(state)), keys.join()).toBeLessThanOrEqual(columns);
  }
});

it('names help among the keys', () => {
  expect(lineOf()).toMatch(/help/i);
});

it('a prompt takes its place while one is open', () => {
  const { state } = press(watched(), '/', ...'node');
  expect(lineOf(state)).toContain('node');
  expect(lineOf(state)).not.toBe(lineOf());
});

const QUESTION = 'Send KILL to postgres (1234567)? It serves 12 clients, which lose what they have not saved';

function requested(columns: number) {
  const state = watched({}, { columns, rows: 24 });
  return { ...state, mode: { kind: 'confirm', question: QUESTION } as State['mode'] };
}

it('a question wider than the terminal takes more lines, and is whole', () => {
  for (const columns of [160, 110, 108, 80, 60, 40]) {
    const lines = linesOf(requested(columns));
    for (const line of lines) expect(cellWidth(line), line).toBe(columns);
    const text = lines.map((line) => line.trim()).join(' ');
    expect(text.replace(/ {2,}(Enter yes {2}Esc no|Enter\/Esc)$/, ''), String(columns)).toBe(QUESTION);
  }
});

it('a question takes no more lines than there are', () => {
  for (const most of [1, 2, 3]) {
    const lines = linesOf(requested(24), most);
    expect(lines.length).toBe(most);
    for (const line of lines) expect(cellWidth(line), line).toBeLessThanOrEqual(24);
    expect(lines.at(-1)).toContain('…');
  }
});
