// Reads the exports and imports of a source with TypeScript's parser.

import { posix } from 'node:path';
import ts from 'typescript';

/** @import { File } from './tree.js' */

/** @param {string} path */
export const isModule = (path) => /\.tsx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path);

/** @param {ts.Statement} statement */
const isExported = (statement) =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/**
 * @param {ts.BindingName} name
 * @returns {string[]}
 */
const namesIn = (name) =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));

/**
 * @param {ts.Statement} statement
 * @returns {string[]}
 */
const namesOf = (statement) => {
  if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause))
    return statement.exportClause.elements.map(({ name }) => name.text);
  if (!isExported(statement)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
};

/**
 * The names that a file exports, types too; each once, however often it is declared.
 * @param {File} file
 * @returns {string[]}
 */
export const exportsOf = ({ path, text }) => {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  return [...new Set(statements.flatMap(namesOf))];
};

/**
 * The files of src that a file imports, types and `import()` too.
 * @param {File} file
 * @returns {string[]} paths from the root
 */
export const importsOf = ({ path, text }) =>
  ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => posix.join(posix.dirname(path), fileName))
    .filter((target) => target.startsWith('src/'));
