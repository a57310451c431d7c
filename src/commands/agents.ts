// `memtop agents`: the instrumented processes, and why others cannot be reached.
import type { Agent } from '../agent/client/agent.ts';
import type { Agents } from '../agent/client/agents.ts';
import { within } from '../agent/client/connection.ts';
import type { Processes } from '../agent/client/finding/processes.ts';
import { openAgents } from '../agent/client/open-agents.ts';
import type { Context } from '../cli/context.ts';
import type { ParsedWords } from '../cli/flags.ts';
import type { Request } from '../cli/request.ts';
import { type AgentEntry, formatAgentsJson, formatAgentsTable } from '../formats/agents.ts';
import { clean } from '../text/clean.ts';

/** Milliseconds that agents have for their answers before the table is printed without them. */
const ANSWERS_TIMEOUT = 1600;

/** Maximum number of warnings shown: planted sockets must not fill the screen. */
const MOST_COMPLAINTS = 10;

/** Prints the table, or one JSON document. Settles with 1 when there is no usable agent. */
export async function agents(_request: Request, context: Context, flags: ParsedWords['flags']): Promise<number> {
  const { environment, platform } = context;
  const opened = openAgents({ environment, platform, mayRemove: true });
  try {
    await within(opened.agents.refresh([], { gc: false }), ANSWERS_TIMEOUT);
    const entries = opened.agents.all
      .map((agent) => entryOf(agent, opened.processes))
      .sort((one, other) => one.pid - other.pid);
    const complaints = complaintsOf(opened.agents, entries);
    if (flags.json === true) await context.print(formatAgentsJson(entries));
    else if (entries.length > 0) await context.print(formatAgentsTable(entries, context.terminalWidth()));
    for (const complaint of complaints) context.warn(complaint);
    await opened.settled();
    return entries.some(({ trouble }) => trouble === undefined) ? 0 : 1;
  } finally {
    opened.agents.close();
  }
}

function entryOf(agent: Agent, processes: Processes): AgentEntry {
  const { found, hello, stats, busySince, trouble } = agent;
  const command = processes.command(found.pid);
  return {
    pid: found.pid,
    ...(command !== undefined && { command: clean(command) }),
    ...(hello !== undefined && { runtime: hello.runtime, version: hello.version, title: hello.title }),
    ...(stats !== undefined && { stats }),
    ...(busySince !== undefined && { busySince }),
    ...(trouble !== undefined && { trouble: trouble.sentence }),
  };
}

/** What else the user should know: rejected sockets, other users' agents, and how to get agents. */
function complaintsOf(agents: Agents, entries: readonly AgentEntry[]): string[] {
  const complaints = agents.refusals.map(({ path, why }) => `${path} was rejected: ${why}.`);
  if (complaints.length > MOST_COMPLAINTS) {
    complaints.splice(MOST_COMPLAINTS, complaints.length, `${complaints.length - MOST_COMPLAINTS} more were rejected.`);
  }
  if (agents.foreign > 0) {
    const count = agents.foreign === 1 ? 'One agent belongs' : `${agents.foreign} agents belong`;
    complaints.push(`${count} to other users: only they and root can use it.`);
  }
  if (entries.length === 0) complaints.push('No process has an agent. Start one with: memtop run -- node app.js');
  return complaints;
}
