// What a filter costs: 10,000 rows, the first time and every tick.
import type { Result } from '../result.ts';
import type { Workbench } from '../workbench.ts';

/** One query of each kind; none can be decided by its first word alone. */
const QUERIES = [
  'worker data or python',
  'rss>100m threads>=10 not user=root',
  'name~post or command~current',
  '/node.*(data|srv).*[0-9]{4}/',
];
/** CPU milliseconds. The first pass happens once per key; on the screen a pattern is matched in slices. */
const WITHIN = 10;

export async function filter(bench: Workbench): Promise<Result[]> {
  const program = bench.answering(process.execPath, [await bench.bundle('filter')]);
  const results: Result[] = [];
  // Each kind runs once before, so that its code is compiled.
  for (const query of QUERIES) await program.ask(query);
  for (const query of QUERIES) {
    const [first = Number.NaN, later = Number.NaN] = await program.ask(query);
    results.push({
      what: `10,000 rows filtered by ${query}`,
      measured: `${later.toFixed(1)} ms (first ${first.toFixed(1)})`,
      against: '',
      budget: `< ${WITHIN} ms`,
      isMet: later < WITHIN,
    });
  }
  await bench.children.end(program);
  return results;
}
