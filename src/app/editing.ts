// A text that is being typed: what a key of a prompt makes of it.

/** More than this typed or pasted into a prompt is cut. */
const LONGEST_INPUT = 1000;

/** The text after a key of a prompt; undefined when the key does not edit. */
export function editedText(text: string, key: string): string | undefined {
  if (key === 'backspace') return [...text].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  if (key === 'ctrl-w') return text.replace(/\S*\s*$/, '');
  if (key === 'space') return printable(`${text} `);
  return [...key].length === 1 ? printable(text + key) : undefined;
}

/** A text without what cannot be typed, and no longer than a prompt takes. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, LONGEST_INPUT);
}
