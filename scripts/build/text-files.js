// Files of src that are taken in as text, by their endings: for the bundler, and for the tests, which bundle nothing.

import { readFileSync } from 'node:fs';

/** Scripts of shells: other programs read them in files of their own. */
const ENDINGS = ['.bash', '.zsh', '.fish'];

/**
 * What esbuild does with them: the default export is the text.
 * @type {Readonly<Record<string, 'text'>>}
 */
export const textLoaders = Object.fromEntries(ENDINGS.map((ending) => [ending, 'text']));

/** The same as a plugin of Vite. */
export const textFiles = {
  name: 'text-files',
  load(/** @type {string} */ id) {
    if (!ENDINGS.some((ending) => id.endsWith(ending))) return undefined;
    return `export default ${JSON.stringify(readFileSync(id, 'utf8'))};`;
  },
};
