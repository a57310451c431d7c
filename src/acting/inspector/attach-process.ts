// The process that attaches: started by memtop, in a session of its own, it outlives memtop until the inspector is closed.
// Its import has an effect: it is the entry of a bundle that memtop starts.
import { Processes } from '../../agent/client/finding/processes.ts';
import { gateThrough } from '../open-gate.ts';
import { type AttachRequest, attaching } from './attaching.ts';
import { placeHere } from './place.ts';
import type { AttachReport } from './report.ts';
import { Traces } from './traces.ts';

/** Maximum bytes of a request, which contains the agent's source. */
const LONGEST = 4 * 1024 * 1024;

async function main(): Promise<void> {
  // When memtop exits, alone or with its service, no inspector may stay open. Only KILL ends this process.
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGPIPE', 'SIGUSR2'] as const)
    process.on(signal, () => undefined);
  process.stdout.on('error', () => undefined);
  const request = await readRequest();
  if (request === undefined) return;
  process.title = `memtop-attach ${request.pid}`;
  const processes = new Processes();
  const report = (one: AttachReport) => process.stdout.write(`${JSON.stringify(one)}\n`);
  const traces = new Traces(placeHere(), processes);
  await attaching(request, { processes, gate: gateThrough(), traces, uid: placeHere().uid, report });
}

/** One line of JSON; undefined when memtop exited before it was complete. */
async function readRequest(): Promise<AttachRequest | undefined> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    text += chunk;
    if (text.length > LONGEST) return undefined;
    if (text.endsWith('\n')) return JSON.parse(text) as AttachRequest;
  }
  return undefined;
}

// A listener on stdin would keep the process alive: memtop may hold the other end open for hours.
void main().finally(() => process.exit());
