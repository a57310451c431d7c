// Signalling for the machine and the sampler of this run, loaded when the first signal is to be sent.
import { openGate } from '../../acting/open-gate.ts';
import { Signalling } from './signalling.ts';

/** `sampler` is the name of the one whose snapshots the pids are from; `procRoot` as in --proc-root. */
export async function openSignalling(sampler: string, procRoot: string | undefined): Promise<Signalling> {
  return new Signalling(await openGate(sampler, procRoot));
}
