// Endless input for programs at a given rate; no two lines are the same.
import type { Writable } from 'node:stream';
import { type Random, seeded } from '../curves.ts';

/** One line, the Nth. */
export type Feed = (index: number, random: Random) => string;

const word = (random: Random) => Math.floor(random() * 2 ** 40).toString(36);
const words = (random: Random, count: number) => Array.from({ length: count }, () => word(random)).join(' ');

export const FEEDS = {
  text: (index, random) => `${word(random)} ${words(random, 12)} ${index}\n`,
  json: (index, random) =>
    `${JSON.stringify({ id: index, name: word(random), tags: words(random, 3).split(' '), text: words(random, 8) })}\n`,
  sql: (index, random) =>
    index === 0
      ? 'CREATE TABLE log (id INTEGER PRIMARY KEY, who TEXT, what TEXT);\nBEGIN;\n'
      : `INSERT INTO log VALUES (${index}, '${word(random)}', '${words(random, 24)}');\n`,
} satisfies Record<string, Feed>;

/** Milliseconds between two writes. */
const EVERY = 100;
const SEED = 17;

/** Writes `pace` bytes per second until the returned function is called or the reader exits. Drops what the reader does not take. */
export function feed(to: Writable, line: Feed, pace: number): () => void {
  const began = performance.now();
  const random = seeded(SEED);
  let [given, index] = [0, 0];
  // At the end the reader is killed.
  to.on('error', () => clearInterval(timer));
  const timer = setInterval(() => {
    const due = ((performance.now() - began) / 1000) * pace;
    if (to.writableNeedDrain) return;
    const lines: string[] = [];
    while (given < due) {
      const next = line(index, random);
      index += 1;
      given += next.length;
      lines.push(next);
    }
    if (lines.length > 0) to.write(lines.join(''));
  }, EVERY);
  return () => clearInterval(timer);
}
