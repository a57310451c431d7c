// The shortest way of the cursor from one cell to another: its bytes, and how many they are. Rows and columns count from zero.
import { CARRIAGE_RETURN, INDEX, moveDown, moveLeft, moveRight, moveTo, moveUp, REVERSE_INDEX } from './sequences.ts';

/** A cell, or a row in which the column of the cursor is not known: -1. */
export interface CursorPlace {
  row: number;
  column: number;
}

/** The bytes that take the cursor there. */
export function motion(from: CursorPlace, row: number, column: number): string {
  const steps = from.column < 0 ? undefined : vertical(row - from.row) + sideways(from.column, column);
  const straight = moveTo(row, column);
  return steps !== undefined && steps.length < straight.length ? steps : straight;
}

/** How many bytes `motion` has. */
export function motionLength(from: CursorPlace, row: number, column: number): number {
  const straight = addressLength(row, column);
  if (from.column < 0) return straight;
  return Math.min(straight, verticalLength(row - from.row) + sidewaysLength(from.column, column));
}

function addressLength(row: number, column: number): number {
  if (column > 0) return 4 + digits(row + 1) + digits(column + 1);
  return row === 0 ? 3 : 3 + digits(row + 1);
}

function vertical(rows: number): string {
  if (rows === 0) return '';
  if (rows === 1) return INDEX;
  if (rows === -1) return REVERSE_INDEX;
  return rows > 0 ? moveDown(rows) : moveUp(-rows);
}

function verticalLength(rows: number): number {
  const steps = Math.abs(rows);
  return steps < 2 ? 2 * steps : 3 + digits(steps);
}

function sideways(from: number, to: number): string {
  if (to >= from) return to === from ? '' : moveRight(to - from);
  const back = moveLeft(from - to);
  const around = CARRIAGE_RETURN + (to === 0 ? '' : moveRight(to));
  return around.length < back.length ? around : back;
}

function sidewaysLength(from: number, to: number): number {
  if (to >= from) return to === from ? 0 : stepsLength(to - from);
  const around = to === 0 ? 1 : 1 + stepsLength(to);
  return Math.min(around, from - to, stepsLength(from - to));
}

/** Bytes of a sequence that moves by some cells; the number 1 is left out. */
function stepsLength(cells: number): number {
  return cells === 1 ? 3 : 3 + digits(cells);
}

function digits(number: number): number {
  return number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : String(number).length;
}
