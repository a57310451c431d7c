import { expect, it } from 'vitest';
import type { State } from '../../../src/app/state/state.ts';
import { act, press, watched } from '../../helpers/states.ts';

const selectedPid = ({ shown, cursor }: State) => shown[cursor]?.process.who.pid;
const key = (digit: string, at: number) => ({ type: 'key', key: digit, at }) as const;

it('digits move to the first pid that begins with them, then to the very one', () => {
  expect(selectedPid(press(watched(), '1').state)).toBe(1);
  expect(selectedPid(press(watched(), '1', '5').state)).toBe(1502);
  expect(press(watched(), ...'4711').state).toMatchObject({ notice: 'PID 4711: node (4711)', anchor: 'process' });
});

it('a pid that is not shown leaves the selection where it is, and says so', () => {
  const { state } = press(watched(), 'down', ...'77');
  expect([state.cursor, state.notice]).toEqual([1, 'PID 77: no such process in this table']);
});

it('a digit after two seconds, or after another key, begins another number', () => {
  expect(selectedPid(act(watched(), key('1', 0), key('3', 1999)).state)).toBe(1311);
  expect(selectedPid(act(watched(), key('1', 0), key('4', 2001)).state)).toBe(4711);
  expect(selectedPid(press(watched(), '1', 'down', '9').state)).toBe(9122);
});

it('digits are text in prompts', () => {
  expect(press(watched(), '/', ...'842').state.filter).toBe('842');
});
