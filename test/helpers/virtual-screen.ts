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
        const style =
          cell === undefined
            ? ''
            : [
                cell.getFgColorMode(),
                cell.getFgColor(),
                cell.getBgColorMode(),
                cell.getBgColor(),
                cell.isBold(),
                cell.isDim(),
                cell.isInverse(),
                cell.isUnderline(),
              ].join();
        return { text, style };
      });
    });
  }

  dispose(): void {
    this.#terminal.dispose();
  }
}
