// Memory cgroups of several processes: in how many seconds the header names the one that fills it, in a real terminal.
// MEMTOP_HEADER="inside|jobs" runs only what matches, and writes no document.
import { join } from 'node:path';
import { HEADER_SCENES } from '../kills/header-programs.ts';
import { type HeaderCount, headerTable, runHeader } from '../kills/header-run.ts';
import type { Result } from '../result.ts';
import { writeMeasured } from '../verdicts/measured-part.ts';
import type { Workbench } from '../workbench.ts';

/** Other processes: with them the leaking one is not on the first screen when it starts. */
const OTHERS = 200;
const LEAST_RIGHT = 0.95;

export async function header(bench: Workbench): Promise<Result[]> {
  const only = process.env['MEMTOP_HEADER'];
  await bench.populate(OTHERS);
  const counts: HeaderCount[] = [];
  for (const [index, scene] of HEADER_SCENES.entries()) {
    if (!new RegExp(only ?? '').test(scene.name)) continue;
    const count = await runHeader(bench, scene, index);
    counts.push(count);
    bench.say([headerTable([count]).split('\n').at(-1), ...count.errors].join('\n  '));
  }
  if (only === undefined) writeMeasured(join(bench.root, 'docs/growth.md'), 'header', headerTable(counts));
  return (['outside', 'inside'] as const).map((from) => {
    const own = counts.filter(({ scene }) => scene.from === from);
    const right = own.reduce((sum, count) => sum + count.right, 0);
    const all = own.reduce((sum, count) => sum + count.right + count.unnamed + count.wrong, 0);
    return {
      what: `header from ${from}: the right process, in seconds with an end`,
      ...{ measured: `${right} of ${all}`, against: '' },
      ...{ budget: `>= ${LEAST_RIGHT * 100}%`, isMet: all > 0 && right >= all * LEAST_RIGHT },
    };
  });
}
