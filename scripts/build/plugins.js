// Plugins for esbuild: they replace files of other packages, and split the program into chunks.

import { realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { runtimePackages } from './bundles.js';
import { readGuarded } from './replaced-files.js';

/** How a replaced file may be imported: by a path, or by the name of its package. */
const replaceable = /^(?:\.|string-width$|wrap-ansi$|yoga-layout$|signal-exit$|patch-console$|terminal-size$)/;

/** @param {string} text */
const quoted = (text) => JSON.stringify(text.replaceAll('\\', '/'));

/** @param {string[]} endings */
const endingWith = (endings) => new RegExp(`[\\\\/](?:${endings.map((end) => end.replace(/[.]/g, '\\.')).join('|')})$`);

/** @typedef {import('./replaced-files.js').Replacement} Replacement */

/**
 * Replaces and edits files of other packages. A module of src/screen that replaces a file still gets the original
 * when it imports it.
 * @param {string} root the folder with package.json
 * @param {readonly Replacement[]} replacements
 * @returns {import('esbuild').Plugin}
 */
export function replacedFiles(root, replacements) {
  const modules = realpathSync(join(root, 'node_modules'));
  return {
    name: 'replaced-files',
    setup(build) {
      for (const replacement of replacements) {
        const path = join(modules, replacement.file);
        if (replacement.edit !== undefined) {
          const { edit } = replacement;
          build.onLoad({ filter: endingWith([replacement.file]), namespace: 'file' }, (args) =>
            args.path === path ? { contents: edit(readGuarded(path, replacement)) } : undefined,
          );
        }
      }
      redirect(build, root, modules, replacements);
      shareProcess(build, modules);
      spareChildProcess(build, modules);
    },
  };
}

/**
 * @param {import('esbuild').PluginBuild} build
 * @param {string} root
 * @param {string} modules
 * @param {readonly Replacement[]} replacements
 */
function redirect(build, root, modules, replacements) {
  const standIns = new Map(
    replacements.filter(({ edit, isLazy }) => !edit || isLazy).map((entry) => [join(modules, entry.file), entry]),
  );
  const standInFolder = join(root, 'src/screen/ink');
  build.onResolve({ filter: replaceable }, async (args) => {
    const { path, importer, resolveDir, kind, pluginData } = args;
    const isOriginalWanted = dirname(importer) === standInFolder;
    if (pluginData === 'resolving' || !(isOriginalWanted || importer.startsWith(modules))) return undefined;
    const { path: found } = await build.resolve(path, { importer, resolveDir, kind, pluginData: 'resolving' });
    if (!standIns.has(found)) return undefined;
    return { path: found, namespace: isOriginalWanted ? 'lazy-original' : 'stand-in' };
  });
  build.onLoad({ filter: /.*/, namespace: 'lazy-original' }, ({ path }) => lazily(path));
  build.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => {
    const replacement = standIns.get(path);
    if (replacement === undefined) return undefined;
    readGuarded(path, replacement);
    if (replacement.isLazy || replacement.by === undefined) return lazily(path);
    const standIn = quoted(resolve(root, replacement.by));
    const contents = `export { ${replacement.name} as default } from ${standIn}; export * from ${standIn};`;
    return { contents, resolveDir: root };
  });
}

/**
 * Gives all packages one module for node:process: otherwise esbuild makes a copy for each default import.
 * @param {import('esbuild').PluginBuild} build
 * @param {string} modules
 */
function shareProcess(build, modules) {
  build.onResolve({ filter: /^(?:node:)?process$/ }, ({ importer, path }) =>
    importer.startsWith(modules) ? { path, namespace: 'process' } : undefined,
  );
  build.onLoad({ filter: /.*/, namespace: 'process' }, () => ({
    contents: 'export default process; export const { cwd, env } = process;',
  }));
}

/**
 * Gives packages a node:child_process that is loaded when something of it is used: Commander would load it for commands
 * that are programs of their own, of which memtop has none.
 * @param {import('esbuild').PluginBuild} build
 * @param {string} modules
 */
function spareChildProcess(build, modules) {
  build.onResolve({ filter: /^(?:node:)?child_process$/ }, ({ importer, path }) =>
    importer.startsWith(modules) ? { path, namespace: 'child-process' } : undefined,
  );
  build.onLoad({ filter: /.*/, namespace: 'child-process' }, () => ({
    contents: "module.exports = new Proxy({}, { get: (_, name) => require('node:child_process')[name] });",
  }));
}

/**
 * A module whose default export calls, or constructs, the default export of another, which is loaded at that moment.
 * @param {string} path
 */
function lazily(path) {
  const contents = `export default function lazy(...given) {
    const original = require(${quoted(path)}).default;
    return new.target ? new original(...given) : original(...given);
  }`;
  return { contents, resolveDir: dirname(path) };
}

/**
 * Turns `import()` of the entry of another chunk into a require of its file, which the launcher resolves.
 * @param {string} root
 * @param {readonly import('./bundles.js').Bundle[]} chunks
 * @returns {import('esbuild').Plugin}
 */
export function separateChunks(root, chunks) {
  const files = new Map(chunks.map(({ entry, file }) => [resolve(root, entry), file]));
  return {
    name: 'separate-chunks',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir, namespace }) => {
        if (namespace === 'chunk') return { path, external: true };
        const file = kind === 'dynamic-import' ? files.get(resolve(resolveDir, path)) : undefined;
        return file === undefined ? undefined : { path: file, namespace: 'chunk' };
      });
      build.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path }) => ({
        contents: `module.exports = require(${quoted(`./${path}`)});`,
      }));
    },
  };
}

/**
 * Turns `import()` of packages and of Node's own modules into what the launcher's compiled code can do: it has no import()
 * of its own, only the launcher's. A module that exports `then` is awaited by the one who imports it, so that the caller
 * gets what the launcher's import() gives.
 * @returns {import('esbuild').Plugin}
 */
export function lazyPackages() {
  return {
    name: 'lazy-packages',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ kind, path, namespace }) => {
        if (namespace === 'lazy') return { path, external: true };
        const isLazy = kind === 'dynamic-import' && (path in runtimePackages || isBuiltin(path));
        return isLazy ? { path, namespace: 'lazy' } : undefined;
      });
      build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
        contents:
          runtimePackages[path] === 'import'
            ? `export const then = (resolve, reject) => importModule(${quoted(path)}).then(resolve, reject);`
            : `module.exports = require(${quoted(path)});`,
      }));
    },
  };
}
