// Stands in for ink/build/sanitize-ansi.js in the bundle: text that has nothing to sanitise is returned as it is.

import stockSanitizeAnsi from '../../../node_modules/ink/build/sanitize-ansi.js';
import { plainLines } from './plain-lines.ts';

/** The text without the control sequences that would disturb the layout. */
export function sanitizeAnsi(text: string): string {
  return plainLines.read(text) === undefined ? stockSanitizeAnsi(text) : text;
}
