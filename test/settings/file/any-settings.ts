// Any settings that a file can say.
import fc from 'fast-check';
import { THEMES } from '../../../src/model/appearance/appearance.ts';
import { COLUMNS } from '../../../src/model/columns/columns.ts';
import { GROUPINGS } from '../../../src/model/rows/row.ts';
import { type FileSettings, SCALES } from '../../../src/settings/table.ts';
import { GRAPHS } from '../../../src/text/sparkline.ts';

const column = fc.constantFrom(...COLUMNS.map(({ id }) => id));

export const anySettings: fc.Arbitrary<FileSettings> = fc.record({
  interval: fc.oneof(
    fc.integer({ min: 100, max: 86_400_000 }),
    fc.integer({ min: 1, max: 86_400 }).map((seconds) => seconds * 1000),
  ),
  sort: fc.record({ column, descending: fc.boolean() }),
  columns: fc.option(fc.uniqueArray(column, { minLength: 1 }), { nil: undefined }),
  filter: fc.string({ unit: 'grapheme' }).map((text) => text.trim()),
  tree: fc.boolean(),
  group: fc.option(fc.constantFrom(...GROUPINGS), { nil: undefined }),
  kernel: fc.boolean(),
  scale: fc.constantFrom(...SCALES),
  theme: fc.constantFrom(...THEMES),
  graph: fc.constantFrom(...GRAPHS),
  thresholds: fc
    .uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 3, maxLength: 3 })
    .map((percentages) => percentages.sort((one, other) => one - other))
    .map(([fine = 0, tight = 0, short = 0]) => ({ fine, tight, short })),
  ascii: fc.boolean(),
  color: fc.boolean(),
  mouse: fc.boolean(),
  readonly: fc.boolean(),
});
