// How large the terminal is, also where it does not know that itself.

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The size assumed for a terminal that does not report it. */
const USUAL: Size = { columns: 80, rows: 24 };
/** No terminal is larger. */
const LARGEST = 10_000;

/**
 * The size in cells. Serial lines, and the terminals that `docker exec` makes, are 0×0 (ioctl_tty(2), TIOCGWINSZ): then
 * the variables COLUMNS and LINES count (environ(7)), and without them 80×24.
 */
export function sizeOf(
  stream: { readonly columns?: number | undefined; readonly rows?: number | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Size {
  return {
    columns: stream.columns || given(environment['COLUMNS']) || USUAL.columns,
    rows: stream.rows || given(environment['LINES']) || USUAL.rows,
  };
}

/** A number of cells as a variable gives it; undefined where it cannot be one. */
function given(text: string | undefined): number | undefined {
  const cells = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0;
  return cells > 0 && cells <= LARGEST ? cells : undefined;
}
