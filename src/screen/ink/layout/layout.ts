// Stands in for yoga-layout in the bundle: the part of flexbox that Ink's components use here, without WebAssembly.

import { constants } from './constants.ts';
import { LayoutNode } from './node.ts';
import { layOutTree } from './pass.ts';
import { unsupported } from './unsupported.ts';

/** A node that can be the root of a tree. */
class RootNode extends LayoutNode {
  static create(): RootNode {
    return new RootNode();
  }

  /** Lays out this node and all in it. The size is that of the node itself: the root is in nothing. */
  calculateLayout(width: number | undefined, height: number | undefined, direction: number): void {
    if (width !== undefined || height !== undefined) throw unsupported('A size of what surrounds the root');
    if (direction !== constants.DIRECTION_LTR) throw unsupported('A direction from right to left');
    layOutTree(this);
  }
}

/** What Ink imports as Yoga. */
export const yoga = { ...constants, Node: RootNode };
