// The parts of documents that the bench measures: `<!-- measured NAME: begin -->` to `<!-- measured NAME: end -->`.
import { readFileSync, writeFileSync } from 'node:fs';

/** Replaces the text between the two marks of a part. */
export function writeMeasured(path: string, name: string, text: string): void {
  const [begin, end] = [`<!-- measured ${name}: begin -->`, `<!-- measured ${name}: end -->`];
  const document = readFileSync(path, 'utf8');
  const [before, rest = ''] = document.split(begin);
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error(`${path} has no measured part "${name}"`);
  writeFileSync(path, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}
