// The layout gives every box and text the place and the size that Yoga gives it.

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import Yoga from 'yoga-layout';
import type { Styles } from '../../../../node_modules/ink/build/styles.js';
import { yoga } from '../../../../src/screen/ink/layout/layout.ts';
import {
  free,
  insert,
  layOutBoth,
  nodesOf,
  placesOf,
  remove,
  restyle,
  rewrite,
  type Tree,
  type Twin,
  twinOf,
} from './trees.ts';

/** Each style that is supported, and none most of the time. */
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 });
const cells = fc.integer({ min: 0, max: 4 });
const margin = fc.integer({ min: -4, max: 5 });
const factor = fc.constantFrom(0, 1, 1, 2, 3, 0.5, 0.25);
const size = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom(7.5, 10.25));
const alignment = fc.constantFrom('stretch', 'flex-start', 'center', 'flex-end');

const rawStyle = fc.record({
  flexDirection: fc.constantFrom('row', 'column', 'row', 'column', 'row-reverse', 'column-reverse'),
  flexGrow: factor,
  flexShrink: factor,
  flexBasis: optional(size),
  justifyContent: optional(
    fc.constantFrom('flex-start', 'center', 'flex-end', 'space-between', 'space-around', 'space-evenly'),
  ),
  alignItems: optional(alignment),
  alignSelf: optional(fc.oneof(alignment, fc.constant('auto'))),
  width: optional(size),
  height: optional(size),
  gap: optional(cells),
  columnGap: optional(cells),
  rowGap: optional(cells),
  margin: optional(margin),
  marginX: optional(margin),
  marginY: optional(margin),
  marginLeft: optional(margin),
  marginRight: optional(margin),
  marginTop: optional(margin),
  marginBottom: optional(margin),
  padding: optional(cells),
  paddingX: optional(cells),
  paddingLeft: optional(cells),
  paddingBottom: optional(cells),
  borderStyle: optional(fc.constant('single')),
  borderLeft: optional(fc.boolean()),
  position: optional(fc.constantFrom('absolute', 'relative')),
  display: optional(fc.constantFrom('flex', 'none')),
});

const style = rawStyle.map(
  (given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Styles,
);

const words = fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 8 });

const text = fc
  .record({ style, words, textWrap: fc.constantFrom('wrap', 'truncate') })
  .map(({ style: given, words: lengths, textWrap }): Tree => {
    const { position, ...rest } = given;
    return { style: { ...rest, textWrap: textWrap as 'wrap' }, words: lengths };
  });

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, text, fc.record({ style, children: fc.array(tie('tree'), { maxLength: 5 }) })),
}));

const root = fc.array(tree, { maxLength: 5 }).map((children): Tree => ({ style: {}, children }));
const width = fc.constantFrom(1, 7, 10, 40, 80, 81, 160, 4096);

/** The source of all files of Ink. */
function sourcesOfInk(): string {
  const folder = resolve(import.meta.dirname, '../../../../node_modules/ink/build');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
  return files.map((path) => readFileSync(resolve(folder, path), 'utf8')).join('\n');
}

/** What a pattern finds, each once; the first group of the pattern. */
const found = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))];

describe('what Ink takes from Yoga', () => {
  it('is there: every constant, with the same number', () => {
    const names = found(sourcesOfInk(), /\bYoga\.([A-Z_]+)\b/g);
    expect(names.length).toBeGreaterThan(40);
    const numbers = (source: object) => names.map((name) => [name, Reflect.get(source, name)]);
    expect(numbers(yoga)).toEqual(numbers(Yoga));
  });

  it('is there: every method of a node', () => {
    const nodes =
      /\b(?:node|yogaNode|staticNode)(?:\?\.|\.)((?:set|get|insert|remove|free|mark|unset|calculate)[A-Z]\w*)\(/g;
    const names = found(sourcesOfInk(), nodes).filter((name) => name in Yoga.Node.create());
    expect(names).toEqual(expect.arrayContaining(['setPadding', 'calculateLayout', 'markDirty', 'getComputedLeft']));
    const node = yoga.Node.create();
    expect(names.filter((name) => !(name in node))).toEqual([]);
  });
});

describe('a style that the layout does not have', () => {
  const styles: Styles[] = [
    { top: 1 },
    { left: '10%' },
    { position: 'static' },
    { flexWrap: 'wrap' },
    { flexBasis: '50%' },
    { alignContent: 'center' },
    { alignItems: 'baseline' },
    { alignSelf: 'baseline' },
    { width: '50%' },
    { height: '50%' },
    { minWidth: 3 },
    { minHeight: 3 },
    { minHeight: '50%' },
    { maxWidth: 3 },
    { maxHeight: 3 },
    { maxHeight: '50%' },
    { aspectRatio: 2 },
  ];

  it.each(styles)('%o is refused with what to do', (given) => {
    expect(() => twinOf({ style: given, children: [] })).toThrow(
      /is not supported by memtop's layout\. Use another style/,
    );
  });
});

function expectSame(twin: Twin): void {
  expect(placesOf(twin, 'own')).toEqual(placesOf(twin, 'original'));
}

describe('every node has the place and the size that Yoga gives it', () => {
  it('in a tree that is laid out once', () => {
    fc.assert(
      fc.property(root, width, (given, columns) => {
        const twin = twinOf(given);
        layOutBoth(twin, columns);
        expectSame(twin);
        free(twin);
      }),
      { numRuns: 300 },
    );
  });

  it('in a tree that changes between layouts', () => {
    const change = fc.record({
      kind: fc.constantFrom('restyle', 'rewrite', 'remove', 'insert', 'move', 'resize'),
      at: fc.nat(),
      to: fc.nat(),
      style,
      words,
      tree,
      width,
    });
    fc.assert(
      fc.property(root, width, fc.array(change, { minLength: 1, maxLength: 6 }), (given, first, changes) => {
        const twin = twinOf(given);
        let columns = first;
        layOutBoth(twin, columns);
        for (const one of changes) {
          applyChange(twin, one);
          if (one.kind === 'resize') columns = one.width;
          layOutBoth(twin, columns);
          expectSame(twin);
        }
        free(twin);
      }),
      { numRuns: 300 },
    );
  });
});

interface Change {
  readonly kind: string;
  readonly at: number;
  readonly to: number;
  readonly style: Styles;
  readonly words: readonly number[];
  readonly tree: Tree;
}

function applyChange(top: Twin, change: Change): void {
  const nodes = nodesOf(top).slice(1);
  const chosen = nodes[change.at % Math.max(1, nodes.length)];
  if (chosen?.parent === undefined) return;
  const { twin, parent } = chosen;
  switch (change.kind) {
    case 'restyle': {
      const { position, ...rest } = change.style;
      restyle(twin, twin.words === undefined ? change.style : rest);
      return;
    }
    case 'rewrite':
      if (twin.words !== undefined) rewrite(twin, change.words);
      return;
    case 'remove':
      remove(parent, twin);
      free(twin);
      return;
    case 'move':
      remove(parent, twin);
      insert(parent, twin, change.to % (parent.children.length + 1));
      return;
    case 'insert':
      insert(parent, twinOf(change.tree), change.to % (parent.children.length + 1));
      return;
    default:
  }
}
