// Nothing but src/acting acts on another process: every other way is found in the source's own syntax.
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** Job control of memtop's own process, by the exact call. */
const OWN = ["process.kill(0, 'SIGTSTP')", "process.kill(process.pid, 'SIGWINCH')"];

/** What opens, or speaks to, an inspector of another process. */
const INSPECTOR = /^(?:ws|(?:node:)?inspector(?:\/promises)?)$/;

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));

/** Calls and imports in a text that could act on another process. */
function acts(text: string): string[] {
  const found: string[] = [];
  const file = ts.createSourceFile('source.tsx', text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    const parent = node.parent as ts.Node | undefined;
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const name = ts.isPropertyAccessExpression(node)
        ? node.name.text
        : node.argumentExpression.getText().replace(/['"`]/g, '');
      if (node.expression.getText() === 'process' && ['kill', '_kill', '_debugProcess'].includes(name))
        found.push(parent !== undefined && ts.isCallExpression(parent) ? parent.getText() : node.getText());
    }
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const isProcess = /^(?:node:)?process$/.test(node.moduleSpecifier.text);
      if (isProcess || INSPECTOR.test(node.moduleSpecifier.text)) found.push(node.getText());
    }
    if (ts.isVariableDeclaration(node) && node.initializer?.getText() === 'process') {
      if (/\b(?:kill|_kill|_debugProcess)\b/.test(node.name.getText())) found.push(node.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

it('no source outside src/acting signals another process or speaks to an inspector', () => {
  const elsewhere = sources
    .filter((path) => !path.startsWith('acting/'))
    .flatMap((path) => acts(readFileSync(`src/${path}`, 'utf8')).map((act) => `${path}: ${act}`))
    .filter((act) => !OWN.some((own) => act === `terminal/terminal.ts: ${own}`));
  expect(elsewhere).toEqual([]);
});

it('within src/acting one place sends signals: the gate', () => {
  const places = sources.filter(
    (path) =>
      path.startsWith('acting/') && acts(readFileSync(`src/${path}`, 'utf8')).some((act) => act.includes('kill')),
  );
  expect(places).toEqual(['acting/gate.ts']);
});

it.each([
  "process.kill(pid, 'SIGTERM')",
  "process['kill'](pid)",
  'const kill = process.kill;',
  'const { kill } = process;',
  'process._debugProcess(pid)',
  "import { kill } from 'node:process';",
  "import { WebSocket } from 'ws';",
  "import inspector from 'node:inspector';",
])('the search finds %s', (text) => expect(acts(text)).toHaveLength(1));

it.each(['child.kill(signal)', 'process.pid', "import type { Who } from './who.ts';"])(
  'the search passes over %s',
  (text) => expect(acts(text)).toEqual([]),
);
