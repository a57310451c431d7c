import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decoder } from '../../../src/formats/recording/decoder.ts';
import { Encoder } from '../../../src/formats/recording/encoder.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { arbitrarySnapshots } from './arbitrary-snapshots.ts';

const sorted = <Item>(items: readonly Item[] | undefined, key: (item: Item) => string) =>
  items && [...items].sort((one, other) => (key(one) < key(other) ? -1 : 1));

/** The order of cgroups does not matter. */
const comparable = (snapshot: Snapshot) => ({ ...snapshot, groups: sorted(snapshot.groups, ({ path }) => path) });

test('Snapshots that are encoded and decoded are the same snapshots', () => {
  fc.assert(
    fc.property(arbitrarySnapshots, fc.array(fc.boolean()), (snapshots, wholes) => {
      const encoder = new Encoder();
      const decoder = new Decoder();
      for (const [index, snapshot] of snapshots.entries()) {
        const line = wholes[index] ? encoder.whole(snapshot) : encoder.next(snapshot);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(comparable(decoder.decode(line))).toEqual(comparable(snapshot));
      }
    }),
  );
});

test('A process that did not change is the same object in all snapshots', () => {
  fc.assert(
    fc.property(arbitrarySnapshots, (snapshots) => {
      const encoder = new Encoder();
      const decoder = new Decoder();
      const decoded = snapshots.map((snapshot) => decoder.decode(encoder.next(snapshot)));
      for (const [index, { processes }] of snapshots.slice(1).entries()) {
        const [before, now] = [decoded[index]?.processes ?? [], decoded[index + 1]?.processes ?? []];
        for (const [place, process] of processes.entries()) {
          const wasAt = snapshots[index]?.processes.indexOf(process) ?? -1;
          if (wasAt >= 0) expect(now[place]).toBe(before[wasAt]);
        }
      }
    }),
  );
});
