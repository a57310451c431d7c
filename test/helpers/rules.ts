// Rules and a simulated world for them: a clock, memory and processes that a test moves by hand.
import { loadRegexes } from '../../src/cli/open-query.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import { processNames, Verdicts } from '../../src/model/rules/names.ts';
import { readRule } from '../../src/model/rules/read-rule.ts';
import { readingsOf } from '../../src/model/rules/readings.ts';
import type { Rule } from '../../src/model/rules/rule.ts';
import { Scene } from '../../src/model/rules/scene.ts';
import type { Process, SystemMemory } from '../../src/model/snapshot/snapshot.ts';
import { openRule } from '../../src/settings/file/rules-file.ts';
import { MEBIBYTE, processOf, snapshotOf } from './snapshots.ts';

const PATIENT = { passLasts: Number.POSITIVE_INFINITY, longestText: Number.POSITIVE_INFINITY };

/** The rule of these keys, as a rules file has them. */
export function ruleOf(table: Readonly<Record<string, unknown>>, verdicts = new Verdicts()): Rule {
  return readRule(table, 0, { processes: processNames(verdicts), regexes: undefined });
}

/** The same for one that may have patterns. */
export function ruleWithPatterns(table: Readonly<Record<string, unknown>>): Promise<Rule> {
  return openRule(table, processNames(new Verdicts()), () => loadRegexes(PATIENT));
}

/** memtop's own pid, its shell and that one's parent. */
export const OWN = 900;
const SHELL = 800;
const LOGIN = 700;

/** The processes of every simulated machine that no rule may touch. */
export const UNTOUCHABLE: readonly Process[] = [
  processOf({ who: { pid: 1, ppid: 0, name: 'systemd', user: 'root' }, rss: 500 * MEBIBYTE }),
  processOf({ who: { pid: 2, ppid: 0, name: 'kthreadd', user: 'root', kernel: true, command: '' }, rss: 0 }),
  processOf({ who: { pid: 600, ppid: 1, name: 'sshd', user: 'root' }, rss: 500 * MEBIBYTE }),
  processOf({ who: { pid: 610, ppid: 600, name: 'sshd-session', user: 'alice' }, rss: 500 * MEBIBYTE }),
  processOf({ who: { pid: LOGIN, ppid: 610, name: 'bash', user: 'alice' }, rss: 500 * MEBIBYTE }),
  processOf({ who: { pid: SHELL, ppid: LOGIN, name: 'worker', user: 'alice' }, rss: 500 * MEBIBYTE }),
  processOf({ who: { pid: OWN, ppid: SHELL, name: 'node', user: 'alice' }, rss: 500 * MEBIBYTE }),
];

const TOTAL = 2000 * MEBIBYTE;

/** A machine of 2000 MiB at a time in seconds. */
export interface Situation {
  readonly at: number;
  /** MiB. */
  readonly available: number;
  readonly processes?: readonly Process[];
  readonly system?: Partial<SystemMemory>;
  readonly agents?: readonly number[];
}

/** Scenes with one history. */
export class Simulation {
  readonly #tracker = new Tracker();

  sceneOf({ at, available, processes = [], system = {}, agents }: Situation): Scene {
    const memory = { total: TOTAL, available: available * MEBIBYTE, free: available * MEBIBYTE, ...system };
    const snapshot = snapshotOf([...UNTOUCHABLE, ...processes], at, memory);
    const rows = this.#tracker.advance(snapshot, 1000);
    return new Scene({
      now: snapshot.monotonic,
      rows,
      moment: { time: snapshot.time, timeline: this.#tracker.timeline },
      readings: (cgroup) => readingsOf(snapshot, this.#tracker, cgroup),
      own: [OWN],
      isPermitted: () => true,
      hasAgent: ({ process }) => agents === undefined || agents.includes(process.who.pid),
    });
  }
}
