// Puts an agent into a Node.js program that was started without one, and waits until it is found.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { OpenedAgents } from '../../agent/client/open-agents.ts';
import { agentFilesIn } from '../../agent/launch/launch.ts';
import type { Subject } from '../gate.ts';
import { type Attached, type AttachOptions, attach, attachProgramIn } from './attach.ts';

/** Milliseconds until the agent must have been found, and between two searches for it. */
const FOUND_WITHIN = 5000;
const SEARCH_EVERY = 20;

export interface AttachAgentOptions extends Omit<AttachOptions, 'program'> {
  /** Where memtop is installed: its files are in there. */
  readonly folder: string;
}

/** The result: `refused` also when the agent was loaded but not found. */
export interface AttachedAgent extends Attached {
  readonly isLoaded: boolean;
}

/**
 * Attaches, and waits until the agent of exactly this process is found: a reused pid is another one.
 *
 * @throws UserError when a file of memtop's is missing
 */
export async function attachAgent(
  subject: Subject,
  { agents }: OpenedAgents,
  { folder, ...options }: AttachAgentOptions,
): Promise<AttachedAgent> {
  const { pid, startTime } = subject;
  const source = readFileSync(agentFilesIn(folder).node, 'utf8');
  const attached = await attach({ pid, startTime, source }, { ...options, program: attachProgramIn(folder) });
  if (attached.refused !== undefined) return { ...attached, isLoaded: false };
  const isFound = () => {
    const agent = agents.of(pid);
    return agent !== undefined && (agent.found.startTime ?? startTime) === startTime;
  };
  const deadline = performance.now() + FOUND_WITHIN;
  for (agents.scan(); !isFound(); agents.scan()) {
    const isOver = options.signal?.aborted === true || performance.now() > deadline;
    if (isOver) return { ...attached, isLoaded: true, refused: notFound(pid) };
    await pause(SEARCH_EVERY);
  }
  return { ...attached, isLoaded: true };
}

function notFound(pid: number): string {
  return `The agent was loaded into process ${pid}, but has not opened its socket. The event loop may be blocked, or the socket folder not writable.`;
}
