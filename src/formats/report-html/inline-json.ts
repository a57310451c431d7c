// JSON as the content of a script element of a page.

/** What could end the element, begin a comment in it, or end a line of a script. */
const SPECIAL = /[<>&\u2028\u2029]/g;

/** The value as JSON in which no text can end the element that contains it. */
export function inlineJson(value: unknown): string {
  return JSON.stringify(value).replace(SPECIAL, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
