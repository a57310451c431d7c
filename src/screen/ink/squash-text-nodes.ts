// Stands in for ink/build/squash-text-nodes.js in the bundle: a node whose one text is the same as at the last frame
// gives the same answer again.

import type { DOMElement } from '../../../node_modules/ink/build/dom.js';
import stockSquashTextNodes from '../../../node_modules/ink/build/squash-text-nodes.js';

/** A node of Ink's tree, with what its text was squashed to last. */
interface SquashedNode extends DOMElement {
  squashed?: { readonly from: string; readonly to: string };
}

/** All the text inside a node as one string, free of control sequences that would disturb the layout. */
export function squashTextNodes(node: SquashedNode): string {
  const child = node.childNodes.length === 1 ? node.childNodes[0] : undefined;
  if (node.nodeName !== 'ink-text' || child?.nodeName !== '#text') return stockSquashTextNodes(node);
  const from = child.nodeValue;
  if (node.squashed?.from !== from) node.squashed = { from, to: stockSquashTextNodes(node) };
  return node.squashed?.to ?? '';
}
