// `memtop collect --attach`: an agent for a Node process that was started without one.
import type { Subject } from '../../acting/gate.ts';
import { type Attached, attachProgramIn, closeLeft } from '../../acting/inspector/attach.ts';
import { attachAgent } from '../../acting/inspector/attach-agent.ts';
import { placeHere } from '../../acting/inspector/place.ts';
import { Traces } from '../../acting/inspector/traces.ts';
import type { OpenedAgents } from '../../agent/client/open-agents.ts';

export interface AttachToOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Stops waiting. */
  readonly signal: AbortSignal;
}

/**
 * Attaches, and waits until the agent is found. What `settled` says is worth waiting for before the end.
 *
 * @throws UserError when a file of memtop's is missing
 */
export async function attachTo(
  subject: Subject,
  opened: OpenedAgents,
  { environment, signal }: AttachToOptions,
): Promise<Attached> {
  const attached = await attachAgent(subject, opened, { folder: import.meta.dirname, environment, signal });
  if (attached.isLoaded) return attached;
  return { ...attached, refused: `Could not attach to process ${subject.pid}. ${attached.refused}` };
}

/** Closes the inspector of a process that has an agent already, where a memtop that was killed left it open. */
export async function closeLeftOpen(
  subject: Subject,
  { processes }: OpenedAgents,
  environment: AttachToOptions['environment'],
): Promise<string | undefined> {
  if (!new Traces(placeHere(environment), processes).isOurs(subject)) return undefined;
  return closeLeft(subject, { program: attachProgramIn(import.meta.dirname), environment });
}
