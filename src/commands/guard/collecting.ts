// Collects in one process for a rule, through the agent it has.
import type { Agent } from '../../agent/client/agent.ts';
import { collectFrom } from '../../agent/client/collect.ts';
import { memoryOf } from '../../agent/client/memory.ts';
import type { OpenedAgents } from '../../agent/client/open-agents.ts';
import type { Victim } from '../../model/rules/decision.ts';
import type { Outcome } from '../../model/rules/outcome.ts';

/** Collects, and returns what that showed. Never rejects. */
export async function collectIn(victim: Victim, opened: OpenedAgents, signal: AbortSignal): Promise<Outcome> {
  const agent = agentOf(victim, opened);
  if (agent === undefined) return { kind: 'failed', reason: 'it has no agent; start it with: memtop run -- COMMAND' };
  const { processes } = opened;
  const collected = await collectFrom(agent, { level: 'reclaim', memory: (pid) => memoryOf(processes, pid), signal });
  if ('trouble' in collected) return { kind: 'failed', reason: collected.trouble.sentence.replace(/\.$/, '') };
  const { verdict, freed, returned, pauseMs } = collected.value;
  return { kind: 'collected', verdict, freed, returned, pauseMs };
}

/** The agent of exactly this process, searched for where it is not known yet: a reused pid is another process. */
function agentOf({ pid, startTime }: Victim, { agents }: OpenedAgents): Agent | undefined {
  if (agents.of(pid) === undefined) agents.scan();
  const agent = agents.of(pid);
  return (agent?.found.startTime ?? startTime) === startTime ? agent : undefined;
}
