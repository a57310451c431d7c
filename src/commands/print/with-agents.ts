// Snapshots with the heaps that agents report: loaded only when a column needs them.
import { openAgents } from '../../agent/client/open-agents.ts';
import { enrich, ONCE_TIMEOUT } from '../../agent/enrich.ts';
import type { Context } from '../../cli/context.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';

/** The same snapshots, each having waited for the agents, but never long: no program is worth holding up the others. */
export async function* withAgents(
  snapshots: AsyncIterable<Snapshot>,
  wants: { readonly heap: boolean; readonly gc: boolean },
  { environment, platform }: Context,
): AsyncGenerator<Snapshot, void, void> {
  const { agents } = openAgents({ environment, platform, mayRemove: false });
  try {
    yield* enrich(snapshots, agents, { wants: () => wants, timeout: ONCE_TIMEOUT });
  } finally {
    agents.close();
  }
}
