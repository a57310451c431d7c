// The loop of `memtop guard`: samples, decisions, and how soon the next sample is due.
import { ownUser } from '../../acting/gate.ts';
import type { OpenedAgents } from '../../agent/client/open-agents.ts';
import { enrich } from '../../agent/enrich.ts';
import { Tracker } from '../../model/rows/tracker.ts';
import { holdsAny } from '../../model/rules/condition.ts';
import { RuleEngine } from '../../model/rules/engine.ts';
import { SamplePace } from '../../model/rules/fill-pace.ts';
import type { Verdicts } from '../../model/rules/names.ts';
import { type RuleReadings, readingsOf } from '../../model/rules/readings.ts';
import type { Rule } from '../../model/rules/rule.ts';
import { Scene } from '../../model/rules/scene.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { poll } from '../../sampling/poll.ts';
import type { Sampler } from '../../sampling/sampler/sampler.ts';
import { areOfMachine, guardNeeds, guardWants } from './needs.ts';
import type { DecisionPerformer } from './performer.ts';

export interface GuardPlan {
  readonly rules: readonly Rule[];
  readonly verdicts: Verdicts;
  /** Milliseconds between two samples at most. */
  readonly interval: number;
}

/** Makes scenes of snapshots, with the same history and forecasts as the screen. */
export class Scenes {
  readonly #tracker = new Tracker();
  readonly #interval: number;
  readonly #agents: OpenedAgents['agents'];
  readonly #user = ownUser();
  readonly #isRoot = process.geteuid?.() === 0;
  #scannedAt = Number.NEGATIVE_INFINITY;

  constructor(interval: number, { agents }: OpenedAgents) {
    this.#interval = interval;
    this.#agents = agents;
  }

  of(snapshot: Snapshot): Scene {
    const tracker = this.#tracker;
    const rows = tracker.advance(snapshot, this.#interval);
    const known = new Map<string | undefined, RuleReadings>();
    return new Scene({
      now: snapshot.monotonic,
      rows,
      moment: {
        time: snapshot.time,
        uptime: snapshot.uptime,
        timeline: tracker.timeline,
        memoryTotal: snapshot.system.total,
      },
      readings(cgroup) {
        const readings = known.get(cgroup) ?? readingsOf(snapshot, tracker, cgroup);
        known.set(cgroup, readings);
        return readings;
      },
      own: [process.pid, ...(snapshot.observer?.children ?? [])],
      isPermitted: ({ process: { who } }) => this.#isRoot || who.user === this.#user,
      hasAgent: ({ process: { who } }) => this.#hasAgent(who.pid, snapshot.monotonic),
    });
  }

  /** Agents are searched for when a rule wants one, and not with every sample. */
  #hasAgent(pid: number, now: number): boolean {
    if (now - this.#scannedAt >= SCANNED_EVERY) {
      this.#agents.scan();
      this.#scannedAt = now;
    }
    return this.#agents.of(pid) !== undefined;
  }
}

/** Milliseconds between two searches for agents. */
const SCANNED_EVERY = 2000;
/** Milliseconds between two samples while a ladder is under way, at most. */
const ACTING = 250;

/** A fraction by which numbers may lie beyond the limit of a condition for processes to be read. */
const NEAR = 0.25;
/** Milliseconds until the sample with processes. */
const AT_ONCE = 10;

/** Samples and decides until the signal ends it. */
export async function guardFrom(
  sampler: Sampler,
  { rules, verdicts, interval }: GuardPlan,
  { performer, opened, signal }: { performer: DecisionPerformer; opened: OpenedAgents; signal: AbortSignal },
): Promise<void> {
  const scenes = new Scenes(interval, opened);
  const pace = new SamplePace();
  const isOfProcesses = rules.some(({ trigger }) => trigger.kind === 'process');
  let engine: RuleEngine | undefined;
  let wait = interval;
  let isLight = areOfMachine(rules);
  const needs = () => ({ ...guardNeeds(rules, isOfProcesses || wait < interval), machineOnly: isLight });
  const wants = guardWants(rules);
  const plain = poll(sampler, { interval: () => wait, needs, signal });
  for await (const snapshot of enrich(plain, opened.agents, { wants: () => wants, timeout: 0 })) {
    const scene = scenes.of(snapshot);
    const { readings } = scene.facts;
    const wasLight = isLight;
    const isNear = holdsAny(rules, readings, NEAR);
    isLight = areOfMachine(rules) && !isNear && engine?.isActing !== true;
    // What a rule acts on is read before it decides.
    if (wasLight && isNear) wait = AT_ONCE;
    if (wasLight && isNear) continue;
    verdicts.keepOnly(scene.facts.rows);
    engine ??= new RuleEngine(rules, scene.now);
    for (const decision of engine.advance(scene)) await performer.perform(decision, snapshot.time);
    const untilLimit = pace.next(scene.now, rules, readings, interval);
    wait = waitUntil(engine, scene.now, untilLimit);
  }
  await performer.settled();
}

/** Milliseconds: sampling more often would cost more than it shows. */
const SHORTEST = 100;

/** Milliseconds until the next sample: before memory could fill down to a limit, and when the next step is due. */
function waitUntil(engine: RuleEngine, now: number, untilLimit: number): number {
  const longest = engine.isActing ? Math.min(ACTING, untilLimit) : untilLimit;
  return Math.max(SHORTEST, Math.min(longest, engine.dueIn(now)));
}
