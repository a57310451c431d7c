// A sampler that gives what it was given.
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import type { Needs, Sampler } from '../../src/sampling/sampler/sampler.ts';

export interface FakeSampler extends Sampler {
  /** What each sample was asked with. */
  readonly requested: Needs[];
}

/** Gives one snapshot after the other, and the last one for ever. */
export function fakeSampler(...snapshots: readonly Snapshot[]): FakeSampler {
  const requested: Needs[] = [];
  return {
    name: 'fake',
    requested: requested,
    async sample(needs) {
      requested.push(needs);
      return snapshots[Math.min(requested.length, snapshots.length) - 1] as Snapshot;
    },
    close() {},
  };
}
