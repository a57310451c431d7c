// Snapshots in print: one table or document and an end, or a stream for another program.
import type { Context } from '../../cli/context.ts';
import { openQuery } from '../../cli/open-query.ts';
import type { Request } from '../../cli/request.ts';
import { protectFromOom, surviving } from '../../cli/survival.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { type Plan, planOf } from '../../printing/plan.ts';
import { Printer } from '../../printing/printer.ts';
import { poll } from '../../sampling/poll.ts';
import type { Sampler } from '../../sampling/sampler/sampler.ts';
import { openSampler } from '../../sampling/samplers.ts';
import { formatInterval } from '../../text/format.ts';
import { Span } from './span.ts';

/**
 * Prints the requested snapshots. Settles with 0, with 1 when nothing matched in any of the
 * snapshots or a process given by its PID does not exist, or with 128 and the number of the signal that ended it.
 */
export async function print(request: Request, context: Context): Promise<number> {
  const { survive } = request.settings;
  const opened = await openSampler(request.settings);
  const sampler = survive ? surviving(opened) : opened;
  const refusal = survive ? protectFromOom(context.platform) : undefined;
  if (refusal !== undefined) context.warn(refusal);
  try {
    return await context.untilSignal((signal) => printFrom(sampler, request, context, signal));
  } finally {
    sampler.close();
  }
}

/**
 * The same from a sampler that is open.
 *
 * @throws UserError when the filter is not valid
 */
export async function printFrom(
  sampler: Sampler,
  request: Request,
  context: Context,
  signal: AbortSignal,
): Promise<number> {
  const { settings } = request;
  const { query } = await openQuery(settings.filter);
  const plan = planOf(request, query);
  const printer = new Printer(request, plan, query, context);
  const span = request.span === undefined ? undefined : new Span(request.span, settings.interval);
  if (request.span !== undefined && context.outputIsTerminal) {
    context.warn(`Sampling for ${formatInterval(request.span)} (Ctrl-C stops).`);
  }
  const needs = () => (span?.isLast === false ? printer.needsBetween : printer.needs);
  const plain = poll(sampler, { interval: () => span?.wait ?? settings.interval, needs, signal });
  for await (const snapshot of await enriched(plain, plan, context)) {
    printer.take(snapshot);
    if (span?.isOver(snapshot) === false && !printer.isPointless) continue;
    await context.print(printer.text());
    if (printer.printed >= plan.count || printer.isPointless) break;
  }
  const complaint = printer.complaint;
  if (complaint !== undefined) context.warn(complaint);
  return complaint === undefined ? 0 : 1;
}

/** With heaps, where a column needs them. */
async function enriched(
  snapshots: AsyncIterable<Snapshot>,
  { wants }: Plan,
  context: Context,
): Promise<AsyncIterable<Snapshot>> {
  if (!wants.heap && !wants.gc) return snapshots;
  const { withAgents } = await import('./with-agents.ts');
  return withAgents(snapshots, wants, context);
}
