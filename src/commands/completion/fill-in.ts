// A script with marks, and what is put in their places.

/** A mark: a line that is a comment of only `@NAME@`, for lines, or `@NAME@` anywhere, for a text. */
const MARK = /^ *# @([A-Z]+)@$|@([A-Z]+)@/gm;

/**
 * The script with all marks replaced. What is put in is not searched for marks.
 *
 * @throws Error when the script has a mark without a text: a mistake in one of the two
 */
export function filledIn(template: string, texts: Readonly<Record<string, string | readonly string[]>>): string {
  return template.replace(MARK, (mark, line?: string, word?: string) => {
    const text = texts[line ?? word ?? ''];
    if (text === undefined || (typeof text === 'string') === (line !== undefined)) {
      throw new Error(`Nothing of that kind to put in the place of ${mark.trim()}`);
    }
    return typeof text === 'string' ? text : text.join('\n');
  });
}
