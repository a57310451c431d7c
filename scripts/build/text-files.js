// The endings of files that are imported as text, for the bundler and for the tests.

import { readFileSync } from 'node:fs';

/** Scripts of shells. */
const ENDINGS = ['.bash', '.zsh', '.fish'];

/**
 * The loaders of esbuild: the default export is the text.
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
