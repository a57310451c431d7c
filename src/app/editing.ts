// A text that is being typed: what a key of a prompt makes of it.
import { clean } from '../model/clean.ts';

/** More than this typed or pasted into a prompt is cut. */
const LONGEST_INPUT = 1000;

/** The text after a key of a prompt that takes so many characters; undefined when the key does not edit. */
export function editedText(text: string, key: string, longest = LONGEST_INPUT): string | undefined {
  if (key === 'backspace') return [...text].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  if (key === 'ctrl-w') return text.replace(/\S*\s*$/, '');
  if (key === 'space') return printable(`${text} `, longest);
  return [...key].length === 1 ? printable(text + key, longest) : undefined;
}

/** A text without what cannot be typed, and no longer than a prompt takes. */
export function printable(text: string, longest = LONGEST_INPUT): string {
  return clean(text).slice(0, longest);
}
