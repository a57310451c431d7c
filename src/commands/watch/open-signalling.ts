// Signalling for the machine and the sampler of this run, loaded when the first signal is to be sent.
import { userInfo } from 'node:os';
import type { Snapshot } from '../../model/snapshot.ts';
import { openPortable } from '../../sampling/portable.ts';
import { type Look, lookInListing, lookInProc } from './looking.ts';
import { Signalling } from './signalling.ts';

/** `sampler` is the name of the one whose snapshots the pids are from; `procRoot` as in --proc-root. */
export async function openSignalling(sampler: string, procRoot: string | undefined): Promise<Signalling> {
  return new Signalling({
    look: await lookFor(sampler, procRoot),
    kill: (pid, signal) => process.kill(pid, signal),
    own: { pid: process.pid, user: ownUser() },
  });
}

async function lookFor(sampler: string, procRoot: string | undefined): Promise<Look> {
  if (procRoot !== undefined && procRoot.replace(/\/+$/, '') !== '/proc') {
    return () => {
      throw new Error('--proc-root shows the processes of another system');
    };
  }
  if (sampler === 'procfs') return lookInProc();
  const portable = await openPortable();
  return lookInListing(() => listed(portable));
}

function listed(sampler: Awaited<ReturnType<typeof openPortable>>): Promise<Snapshot> {
  const needs = { visible: new Set<number>(), measures: new Set<never>(), everyMeasure: false, everyRow: true };
  return sampler.sample({ ...needs, commandLimit: 0 }, new AbortController().signal);
}

/** The name of the user, or its number where nobody is listed under it. */
function ownUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.() ?? '');
  }
}
