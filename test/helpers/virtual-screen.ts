// A terminal without a tty: what a string of bytes leaves on an xterm.
import headless from '@xterm/headless';

/** One cell as a person sees it: its characters and every attribute that shows. */
export interface SeenCell {
  readonly text: string;
  readonly style: string;
}

/** A screen that bytes can be written to and that can be read back. */
export class VirtualScreen {
  readonly #terminal: headless.Terminal;

  constructor(columns: number, rows: number) {
    this.#terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  }

  write(bytes: string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(bytes, resolve));
  }

  /** The lines of the screen without trailing blanks. */
  lines(): string[] {
    const { active } = this.#terminal.buffer;
    return Array.from(
      { length: this.#terminal.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
  }

  cells(): SeenCell[][] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, row) => {
      const line = active.getLine(active.baseY + row);
      return Array.from({ length: this.#terminal.cols }, (_, column) => {
        const cell = line?.getCell(column);
        const text = cell?.getWidth() === 0 ? '' : cell?.getChars() || ' ';
        return { text, style: cell === undefined ? '' : seenStyle(cell, text) };
      });
    });
  }

  dispose(): void {
    this.#terminal.dispose();
  }
}

/** The attributes that show. On a blank the colour of the text shows only where it is reversed or underlined. */
function seenStyle(cell: headless.IBufferCell, text: string): string {
  const paper = [cell.getBgColorMode(), cell.getBgColor(), cell.isInverse(), cell.isUnderline()];
  if (text === ' ' && cell.isInverse() === 0 && cell.isUnderline() === 0) return paper.join();
  return [...paper, cell.getFgColorMode(), cell.getFgColor(), cell.isBold(), cell.isDim()].join();
}
