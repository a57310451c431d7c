import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type LayoutInput, layoutOf } from '../../../src/app/layout/layout.ts';

const input = (given: Partial<LayoutInput>): LayoutInput => ({
  columns: 80,
  lines: 24,
  wants: undefined,
  fraction: undefined,
  chosenColumns: undefined,
  hasAgents: false,
  arrangement: 'list',
  sorted: undefined,
  hasTimeline: false,
  list: undefined,
  ...given,
});

it('the columns of the table fit into it on every terminal, from 20×5 to 400×120', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 400 }),
      fc.integer({ min: 5, max: 120 }),
      fc.boolean(),
      fc.constantFrom('list', 'tree', 'group-name', 'group-cgroup') as fc.Arbitrary<LayoutInput['arrangement']>,
      (columns, lines, hasAgents, arrangement) => {
        const layout = layoutOf(input({ columns, lines, hasAgents, arrangement }));
        const gaps = layout.columns.length;
        const used = layout.columns.reduce((sum, { width }) => sum + width, gaps);
        expect(layout.columns.length).toBeGreaterThan(0);
        expect(used).toBeLessThanOrEqual(layout.tableWidth + 1);
      },
    ),
  );
});

it('a list in place of the table has the lines below its heading, and shows the marked entry', () => {
  const { list, headerLines, content } = layoutOf(
    input({ list: { count: 100, index: 60, top: undefined, isBelow: false } }),
  );
  expect(list).toMatchObject({ top: headerLines + 1, height: content - 1, count: 100 });
  expect(list?.first).toBeLessThanOrEqual(60);
  expect((list?.first ?? 0) + (list?.height ?? 0)).toBeGreaterThan(60);
});

it('a list below the table has the lines of the pane, and none where there is no pane', () => {
  const open = { count: 9, index: 0, top: 0, isBelow: true };
  const { list, pane } = layoutOf(input({ wants: { place: 'below', fraction: 1, lines: 6 }, list: open }));
  expect(list).toMatchObject({ top: (pane?.top ?? 0) + 1, height: (pane?.height ?? 0) - 1 });
  expect(layoutOf(input({ list: open })).list).toBeUndefined();
});
