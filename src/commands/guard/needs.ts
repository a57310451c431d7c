// What rules need of each sample.
import type { Query } from '../../model/query/query.ts';
import type { Rule } from '../../model/rules/rule.ts';
import type { Measure } from '../../model/snapshot/measure.ts';
import { EVERY_ROW, type Needs } from '../../sampling/sampler/sampler.ts';

/** Longest command in bytes that a rule can match. */
const COMMAND_LIMIT = 4096;

/** What the samples for these rules contain; `everyRow` while processes are compared or acted on. */
export function guardNeeds(rules: readonly Rule[], everyRow: boolean): Needs {
  const cgroups = rules.flatMap(({ cgroup }) => (cgroup === undefined ? [] : [cgroup]));
  const measures = new Set<Measure>(rules.flatMap(queriesOf).flatMap((query) => [...query.measures]));
  if (cgroups.length > 0) measures.add('cgroup');
  return {
    ...EVERY_ROW,
    everyRow,
    measures,
    everyMeasure: true,
    commandLimit: COMMAND_LIMIT,
    ...(cgroups.length > 0 && { cgroups: new Set(cgroups) }),
  };
}

/**
 * Whether these rules can be judged by numbers of the machine and of cgroups alone until one of their conditions holds:
 * only then is anything read of processes.
 */
export function areOfMachine(rules: readonly Rule[]): boolean {
  return rules.every(({ trigger, pick }) => trigger.kind === 'machine' && pick !== 'growing');
}

/** What is requested of the agents, for conditions on heaps. */
export function guardWants(rules: readonly Rule[]): { readonly heap: boolean; readonly gc: boolean } {
  const agents = rules.flatMap(queriesOf).flatMap((query) => [...query.agents]);
  return { heap: agents.length > 0, gc: agents.includes('gc') };
}

function queriesOf({ trigger, on, protect }: Rule): readonly Query[] {
  return [...(trigger.kind === 'process' ? [trigger.query] : []), ...(on === undefined ? [] : [on]), ...protect];
}
