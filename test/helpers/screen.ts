// Reads the cells of a virtual terminal, for tests that compare what is seen rather than what was written.

import xterm from '@xterm/headless';

type Screen = InstanceType<typeof xterm.Terminal>;

/** How a character is drawn. A colour is a palette index, or `#rrggbb`, or undefined for the terminal's own. */
export interface CellStyle {
  readonly text: string;
  readonly foreground: number | string | undefined;
  readonly background: number | string | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strikethrough: boolean;
}

/** The rows on screen, without the blanks at their ends. */
export function rowsOf(screen: Screen): string[] {
  const { active } = screen.buffer;
  return Array.from(
    { length: screen.rows },
    (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
  );
}

function colour(value: number, isDefault: boolean, isRgb: boolean): number | string | undefined {
  if (isDefault) return undefined;
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
}

/** How the character at a place of the screen is drawn; row and column count from 0. */
export function styleAt(screen: Screen, row: number, column: number): CellStyle {
  const { active } = screen.buffer;
  const cell = active.getLine(active.baseY + row)?.getCell(column);
  if (cell === undefined) throw new RangeError(`there is no cell at row ${row}, column ${column}`);
  return {
    text: cell.getChars(),
    foreground: colour(cell.getFgColor(), cell.isFgDefault(), cell.isFgRGB()),
    background: colour(cell.getBgColor(), cell.isBgDefault(), cell.isBgRGB()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
    strikethrough: cell.isStrikethrough() !== 0,
  };
}

/** Draws text on a fresh screen and gives every cell of it, blanks in their style included. */
export async function drawnCells(text: string, columns: number, rows: number): Promise<CellStyle[][]> {
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  await new Promise<void>((resolve) => screen.write(text.replaceAll('\n', '\r\n'), resolve));
  const cells = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => styleAt(screen, row, column)),
  );
  screen.dispose();
  return cells;
}
