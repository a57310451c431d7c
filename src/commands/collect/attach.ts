// `memtop collect --attach`: an agent for a Node process that was started without one.
import { readFileSync } from 'node:fs';
import { pause } from '../../agent/client/collect.ts';
import { attach } from '../../agent/client/inspector/attach.ts';
import { agentFilesIn } from '../../agent/client/launch.ts';
import type { OpenedAgents } from '../../agent/client/open-agents.ts';

/** Milliseconds until the agent must have been found. */
const FOUND_WITHIN = 5000;
const BEAT = 20;

/**
 * Attaches, and waits until the agent is found. Returns undefined when it is, else why not, in sentences.
 *
 * @throws UserError when the agent's file is missing
 */
export async function attachTo(pid: number, { agents, processes }: OpenedAgents): Promise<string | undefined> {
  const source = readFileSync(agentFilesIn(import.meta.dirname).node, 'utf8');
  const attached = await attach(pid, { processes, uid: process.geteuid?.() ?? 0, source });
  if (attached.kind === 'refused') return `Process ${pid} was not attached to. ${attached.sentence}`;
  const deadline = performance.now() + FOUND_WITHIN;
  for (agents.scan(); agents.of(pid) === undefined; agents.scan()) {
    if (performance.now() > deadline) return whyNotFound(pid, attached.warning);
    await pause(BEAT);
  }
  return undefined;
}

function whyNotFound(pid: number, warning: string | undefined): string {
  const why = warning ?? 'Its event loop may be blocked, or its socket folder may not be writable.';
  return `The agent was put into process ${pid}, but has not opened its socket yet. ${why}`;
}
