// A sampler that gives what it was given.
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import type { Needs, Sampler } from '../../src/sampling/sampler/sampler.ts';

export interface FakeSampler extends Sampler {
  /** What each sample was asked with. */
  readonly asked: Needs[];
}

/** Gives one snapshot after the other, and the last one for ever. */
export function fakeSampler(...snapshots: readonly Snapshot[]): FakeSampler {
  const asked: Needs[] = [];
  return {
    name: 'fake',
    asked,
    async sample(needs) {
      asked.push(needs);
      return snapshots[Math.min(asked.length, snapshots.length) - 1] as Snapshot;
    },
    close() {},
  };
}
