// How deeply a JSON text is nested, checked before parsing: a line of brackets costs a hundred times its length.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether arrays and objects are nested more than `most` deep. Text in strings does not count. */
export function isNestedDeeper(text: string, most: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}
