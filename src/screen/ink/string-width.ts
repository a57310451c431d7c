// Stands in for the package string-width in the bundle: the same answers, without Intl.Segmenter for plain text.

import stockStringWidth from '../../../node_modules/string-width/index.js';
import { plainLines } from './plain-lines.ts';

/** The number of cells a text takes, as string-width counts them; escapes count as nothing unless asked for. */
export function stringWidth(text: string, options?: Parameters<typeof stockStringWidth>[1]): number {
  if (typeof text !== 'string' || options !== undefined) return stockStringWidth(text, options);
  return plainLines.read(text)?.width ?? stockStringWidth(text);
}
