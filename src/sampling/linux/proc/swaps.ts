// /proc/swaps: where memory is swapped to (proc_swaps(5), swap_show in mm/swapfile.c).
import { unescapedPath } from './mounts.ts';

export interface Swap {
  /** The path of the device or file. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly used: number;
}

/** One a line after the titles: path, type, size and use in KiB, priority. Lines of another form are left out. */
export function parseSwaps(text: string): Swap[] {
  return [...text.matchAll(/^(\/\S*)\s+\w+\s+(\d{1,15})\s+(\d{1,15})\s+-?\d+$/gm)].map(([, path, size, used]) => ({
    path: unescapedPath(path as string),
    size: Number(size) * 1024,
    used: Number(used) * 1024,
  }));
}
