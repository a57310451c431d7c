// Which functions a heap profile names, and what called them.
import { expect, it } from 'vitest';
import { callSitesOf } from '../../../../src/agent/node/lines/call-sites.ts';

type Node = Parameters<typeof callSitesOf>[0]['head'];

/** A node of the profile; its children are what it called. */
function node(functionName: string, lineNumber: number, selfSize: number, children: Node[] = []): Node {
  const callFrame = { functionName, scriptId: '1', url: 'file:///app/a.js', lineNumber, columnNumber: 0 };
  return { callFrame, selfSize, id: lineNumber, children };
}

it('a function without a name is called (anonymous), among the callers too', () => {
  const head = node('(root)', -1, 0, [node('', 8, 0, [node('remember', 1, 1000)])]);
  const { lines, bytes } = callSitesOf({ head, samples: [] }, '/agent.cjs');
  expect(bytes).toBe(1000);
  expect(lines).toMatchObject([{ function: 'remember', file: '/app/a.js', line: 2, bytes: 1000 }]);
  expect(lines[0]?.stack[0]).toBe('(anonymous) (/app/a.js:9)');
});
