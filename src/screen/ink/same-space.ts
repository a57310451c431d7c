// Whether a changed text keeps the layout unchanged. The build makes ink/build/dom.js call this before it discards what
// Yoga has computed.

import type { TextNode } from '../../../node_modules/ink/build/dom.js';
import { plainLines } from './plain-lines.ts';

/** True for the one text of a Text, when it was one line of narrow characters that fitted, and is as long again. */
export function takesSameSpace(node: TextNode, text: string): boolean {
  const parent = node.parentNode;
  if (parent?.nodeName !== 'ink-text' || parent.childNodes.length !== 1) return false;
  const before = plainLines.read(node.nodeValue);
  const after = plainLines.read(text);
  if (before === undefined || after === undefined || before.width !== after.width) return false;
  return (parent.yogaNode?.getComputedWidth() ?? Number.NaN) >= after.width;
}
