// `memtop collect --attach`: an agent for a Node process that was started without one.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Subject } from '../../acting/gate.ts';
import { type Attached, attach, attachProgramIn, closeLeft } from '../../acting/inspector/attach.ts';
import { placeHere } from '../../acting/inspector/place.ts';
import { Traces } from '../../acting/inspector/traces.ts';
import type { OpenedAgents } from '../../agent/client/open-agents.ts';
import { agentFilesIn } from '../../agent/launch/launch.ts';

/** Milliseconds until the agent must have been found, and between two searches for it. */
const FOUND_WITHIN = 5000;
const SEARCH_EVERY = 20;

/** What attaching came to. */
export interface AttachOutcome {
  /** Undefined when the agent was found; else why not, in sentences. */
  readonly refused: string | undefined;
  /** Settles when the inspector is closed; with a warning when it is not. Worth waiting for before the end. */
  readonly settled: Promise<string | undefined>;
}

export interface AttachToOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Stops waiting. */
  readonly signal: AbortSignal;
}

/**
 * Attaches, and waits until the agent is found.
 *
 * @throws UserError when a file of memtop's is missing
 */
export async function attachTo(
  { pid, startTime }: Subject,
  { agents }: OpenedAgents,
  { environment, signal }: AttachToOptions,
): Promise<AttachOutcome> {
  const source = readFileSync(agentFilesIn(import.meta.dirname).node, 'utf8');
  const program = attachProgramIn(import.meta.dirname);
  const attached = await attach({ pid, startTime, source }, { program, environment, signal });
  if (attached.refused !== undefined)
    return { ...attached, refused: `Could not attach to process ${pid}. ${attached.refused}` };
  const deadline = performance.now() + FOUND_WITHIN;
  for (agents.scan(); agents.of(pid) === undefined; agents.scan()) {
    if (signal.aborted || performance.now() > deadline) return { ...attached, refused: notFound(pid) };
    await pause(SEARCH_EVERY);
  }
  return attached;
}

/** Closes the inspector of a process that has an agent already, where a memtop that was killed left it open. */
export async function closeLeftOpen(
  subject: Subject,
  { processes }: OpenedAgents,
  environment: AttachToOptions['environment'],
): Promise<Attached['settled'] extends Promise<infer Warning> ? Warning : never> {
  if (!new Traces(placeHere(environment), processes).isOurs(subject)) return undefined;
  return closeLeft(subject, { program: attachProgramIn(import.meta.dirname), environment });
}

function notFound(pid: number): string {
  return `The agent was loaded into process ${pid}, but has not opened its socket. The event loop may be blocked, or the socket folder not writable.`;
}
