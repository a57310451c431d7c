// The model alone: readings of processes in, judgements out, a JSON object a line. npm run --silent judge < readings
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Judges } from './judge/judged.ts';
import { readingOf } from './judge/line.ts';

/** Lines are written in batches: a write for each would cost more than the judgement. */
const BATCH = 64 * 1024;

const judges = new Judges();
let number = 0;
let pending = '';

async function flush(): Promise<void> {
  const text = pending;
  pending = '';
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}

// The reader of the judgements may have closed the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
try {
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() === '') continue;
    const judged = judges.take(readingOf(text));
    if (judged === undefined) continue;
    pending += `${JSON.stringify(judged)}\n`;
    if (pending.length >= BATCH) await flush();
  }
  await flush();
} catch (error) {
  await flush();
  process.stderr.write(`judge: line ${number}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
