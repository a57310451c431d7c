// The gate for the machine and the sampler of this run.

import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { openPortable } from '../sampling/portable/portable.ts';
import { EVERY_ROW } from '../sampling/sampler/sampler.ts';
import { Gate, ownUser } from './gate.ts';
import { foreignPids } from './pid-namespace.ts';
import { listingLookup, type ProcessLookup, procLookup } from './process-lookup.ts';

export interface OpenedGate {
  readonly gate: Gate;
  readonly lookUp: ProcessLookup;
}

/** `sampler` is the name of the one whose snapshots the pids are from; `procRoot` as in --proc-root. */
export async function openGate(sampler: string, procRoot: string | undefined): Promise<OpenedGate> {
  const lookUp = await lookupFor(sampler, procRoot);
  return { lookUp, gate: gateThrough(lookUp) };
}

/** The gate for PIDs of this machine's /proc. */
export function gateThrough(lookUp: ProcessLookup = procLookup()): Gate {
  // ps(1) and other tools that list processes on Linux use the PIDs of /proc too.
  const foreign = () => (process.platform === 'linux' ? foreignPids() : undefined);
  return new Gate({
    lookUp,
    foreign,
    own: { pid: process.pid, user: ownUser() ?? String(process.geteuid?.() ?? '') },
  });
}

async function lookupFor(sampler: string, procRoot: string | undefined): Promise<ProcessLookup> {
  if (procRoot !== undefined && procRoot.replace(/\/+$/, '') !== '/proc') {
    return () => {
      throw new Error('--proc-root shows processes of another system');
    };
  }
  if (sampler === 'procfs') return procLookup();
  const portable = await openPortable();
  return listingLookup(() => listed(portable));
}

function listed(sampler: Awaited<ReturnType<typeof openPortable>>): Promise<Snapshot> {
  return sampler.sample({ ...EVERY_ROW, commandLimit: 0 }, new AbortController().signal);
}
