// What another process may put on this terminal: its printable characters and nothing else.

const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Control (Cc), format and bidi (Cf), line and paragraph separators, lone surrogates, and what is drawn as
 * nothing (Default_Ignorable_Code_Point, Unicode Standard Annex #44): joiners and variation selectors change
 * how wide their neighbours are painted, so a column behind them would shift. Made where a text needs it: collecting all
 * these characters takes a part of a start, and most texts are plain.
 */
const unprintable = () => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Line ends, tabs and form feeds: what separates words. */
const SEPARATORS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/**
 * The text without its control, format and bidi characters: each removed by itself; printable characters stay. Line ends
 * and tabs between words become one space, so that a script on a command line can be read and searched as words.
 */
export function clean(text: string): string {
  return PLAIN.test(text) ? text : text.replace(SEPARATORS, ' ').replace(unprintable(), '');
}

/** The same characters written out as \uXXXX, for text formats that carry everything. */
export function escapeUnprintable(text: string): string {
  return PLAIN.test(text) ? text : text.replace(unprintable(), escapeCharacter);
}

function escapeCharacter(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}
