import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src/model/rules/decision.ts';
import { RuleEngine } from '../../../src/model/rules/engine.ts';
import { stepText } from '../../../src/model/rules/rule.ts';
import type { Process } from '../../../src/model/snapshot/snapshot.ts';
import { ruleOf, Simulation, type Situation, UNTOUCHABLE } from '../../helpers/rules.ts';
import { MEBIBYTE, processOf } from '../../helpers/snapshots.ts';

const LADDER = {
  name: 'ladder',
  when: 'available < 25%',
  on: 'name = worker',
  do: ['collect', 'wait 5s', 'signal TERM', 'wait 10s', 'signal KILL'],
  cooldown: '30s',
};

const worker = (pid: number, size = 300, startTime = pid): Process =>
  processOf({ who: { pid, startTime, name: 'worker', user: 'alice' }, rss: size * MEBIBYTE });

/** What rules decide in situations that follow one another, as `seconds step pid`. */
function decisions(
  tables: readonly Readonly<Record<string, unknown>>[],
  situations: Iterable<Situation>,
): { readonly at: number; readonly text: string; readonly decision: Decision }[] {
  const simulation = new Simulation();
  const engine = new RuleEngine(
    tables.map((table) => ruleOf(table)),
    0,
  );
  return [...situations].flatMap((situation) =>
    engine.advance(simulation.sceneOf(situation)).map((decision) => {
      const what = decision.kind === 'stop' ? decision.reason : stepText(decision.step);
      const who = decision.victim === undefined ? '' : ` ${decision.victim.pid}`;
      return { at: situation.at, text: `${situation.at} ${what}${who}`, decision };
    }),
  );
}

const texts = (...given: Parameters<typeof decisions>): string[] => decisions(...given).map(({ text }) => text);

/** A situation a second, from 0. */
function* seconds(count: number, of: (at: number) => Omit<Situation, 'at'>): Generator<Situation> {
  for (let at = 0; at < count; at += 1) yield { at, ...of(at) };
}

describe('a ladder', () => {
  it('climbs while the condition holds, each wait counted from the start of the step before', () => {
    const one = [worker(1000)];
    expect(
      texts(
        [LADDER],
        seconds(18, () => ({ available: 400, processes: one })),
      ),
    ).toEqual(['0 collect 1000', '5 signal TERM 1000', '15 signal KILL 1000']);
  });

  it('stops as soon as the condition is gone, and says so', () => {
    const found = texts(
      [LADDER],
      seconds(20, (at) => ({ available: at < 2 ? 400 : 900, processes: [worker(1000)] })),
    );
    expect(found).toEqual(['0 collect 1000', '2 condition gone 1000']);
  });

  it('pauses close to the limit, and goes on where it was when the condition comes back', () => {
    // 25% of 2000 MiB are 500; it counts as gone from 525 on, or after 5 s.
    const swings = [400, 510, 510, 510, 400, 400, 400];
    expect(
      texts(
        [LADDER],
        seconds(7, (at) => ({ available: swings[at] ?? 400, processes: [worker(1000)] })),
      ),
    ).toEqual(['0 collect 1000', '5 signal TERM 1000']);
  });

  it('ends when the process has exited', () => {
    const found = texts(
      [LADDER],
      seconds(9, (at) => ({ available: 400, processes: at < 7 ? [worker(1000)] : [] })),
    );
    expect(found).toEqual(['0 collect 1000', '5 signal TERM 1000', '7 process exited 1000']);
  });

  it('ends when the pid belongs to another process, which gets no signal', () => {
    const found = texts(
      [LADDER],
      seconds(12, (at) => ({ available: 400, processes: [worker(1000, 300, at < 3 ? 1000 : 2000)] })),
    );
    expect(found).toEqual(['0 collect 1000', '3 process exited 1000']);
  });

  it('begins only once the condition has held for long enough, and a spike begins it again', () => {
    const rule = { ...LADDER, for: '3s' };
    const levels = [400, 400, 900, 400, 400, 400, 400];
    expect(
      texts(
        [rule],
        seconds(7, (at) => ({ available: levels[at] ?? 400, processes: [worker(1000)] })),
      ),
    ).toEqual(['6 collect 1000']);
  });

  it('signals descendants too with tree, children first', () => {
    const family = [
      worker(1000),
      processOf({ who: { pid: 1001, ppid: 1000, name: 'child' } }),
      processOf({ who: { pid: 1002, ppid: 1001, name: 'grandchild' } }),
    ];
    const rule = { ...LADDER, do: ['signal TERM'], tree: true };
    const [first] = decisions([rule], [{ at: 0, available: 400, processes: family }]);
    const decision = first?.decision;
    expect(decision?.kind === 'step' && decision.descendants.map(({ pid }) => pid)).toEqual([1002, 1001]);
  });
});

describe('a rule', () => {
  it('begins with the largest, the newest or the fastest growing process', () => {
    const processes = [worker(1000, 500), worker(1001, 300), worker(1002, 100)];
    const first = (pick: string) =>
      texts([{ ...LADDER, pick }], [{ at: 0, available: 400, processes }]).map((text) => text.split(' ').at(-1));
    expect([first('largest'), first('newest')]).toEqual([['1000'], ['1002']]);
    const grown = texts(
      [{ ...LADDER, pick: 'growing', for: '30s' }],
      seconds(31, (at) => ({ available: 400, processes: [worker(1000, 500), worker(1001, 100 + at * 5)] })),
    );
    expect(grown).toEqual(['30 collect 1001']);
  });

  it('that only collects chooses among processes with an agent', () => {
    const processes = [worker(1000, 500), worker(1001, 300)];
    const gentle = { ...LADDER, do: ['collect'] };
    expect(texts([gentle], [{ at: 0, available: 400, processes, agents: [1001] }])).toEqual(['0 collect 1001']);
  });

  it('acts on one process after the other with pick = "all"', () => {
    const processes = [worker(1000, 500), worker(1001, 300)];
    const rule = { name: 'tidy', every: '10s', on: 'name = worker', pick: 'all', do: ['collect'] };
    expect(
      texts(
        [rule],
        seconds(14, () => ({ available: 1500, processes })),
      ),
    ).toEqual(['10 collect 1000', '12 collect 1001']);
  });

  it('without a cool-down of its own begins again soon after a condition that went away without a signal', () => {
    const { cooldown: _, ...rule } = LADDER;
    const levels = [400, 900, 400, 400, 400];
    const found = texts(
      [rule],
      seconds(5, (at) => ({ available: levels[at] ?? 400, processes: [worker(1000)] })),
    );
    expect(found).toEqual(['0 collect 1000', '1 condition gone 1000', '2 collect 1000']);
  });

  it('on a schedule skips the times at which its condition does not hold', () => {
    const rule = { ...LADDER, every: '5s', do: ['collect'], cooldown: '0s' };
    const found = texts(
      [rule],
      seconds(17, (at) => ({ available: at < 8 ? 1500 : 400, processes: [worker(1000)] })),
    );
    expect(found).toEqual(['10 collect 1000', '15 ladder finished 1000', '16 collect 1000']);
  });

  it('says once that no process may be acted on', () => {
    expect(
      texts(
        [LADDER],
        seconds(5, () => ({ available: 400 })),
      ),
    ).toEqual(['0 no process matches']);
  });

  it('says once that it has fired as often as it may', () => {
    const rule = { ...LADDER, do: ['collect'], cooldown: '1s', 'at-most': '2/h' };
    const found = texts(
      [rule],
      seconds(20, () => ({ available: 400, processes: [worker(1000)] })),
    );
    expect(found.filter((text) => text.includes('collect'))).toHaveLength(2);
    expect(found.filter((text) => text.endsWith('limit reached'))).toHaveLength(1);
  });

  it('without a cool-down of its own waits longer and longer while collecting changes nothing', () => {
    const { cooldown: _, ...rule } = { ...LADDER, do: ['collect'] };
    const fired = decisions(
      [rule],
      seconds(80, () => ({ available: 400, processes: [worker(1000)] })),
    )
      .filter(({ decision }) => decision.kind === 'step')
      .map(({ at }) => at);
    const waits = fired.slice(1).map((at, index) => at - (fired[index] ?? 0));
    expect(waits.length).toBeGreaterThan(2);
    expect(waits).toEqual(waits.toSorted((one, other) => one - other));
    expect(waits.at(-1)).toBeGreaterThan(10);
  });

  it('never fires twice within its cool-down', () => {
    const fired = decisions(
      [LADDER],
      seconds(100, (at) => ({ available: at % 7 < 4 ? 400 : 900, processes: [worker(1000)] })),
    )
      .filter(({ decision }) => decision.kind === 'step' && decision.step.kind === 'collect')
      .map(({ at }) => at);
    expect(fired.length).toBeGreaterThan(1);
    for (const [index, at] of fired.entries())
      if (index > 0) expect(at - (fired[index - 1] ?? 0)).toBeGreaterThanOrEqual(30);
  });
});

describe('one process at a time', () => {
  const two = [
    { ...LADDER, name: 'one', do: ['signal TERM'], cooldown: '0s' },
    { ...LADDER, name: 'two', on: 'name = other', do: ['signal TERM'], cooldown: '0s' },
  ];
  const other = processOf({ who: { pid: 2000, name: 'other' }, rss: 200 * MEBIBYTE });

  it('is acted on by all rules together, the next one once what the last one held has come back', () => {
    const found = texts(
      two,
      seconds(8, (at) => ({
        // The first exits at 3, and its 300 MiB come back at 5, where too little is available still.
        available: at < 5 ? 100 : 400,
        processes: at < 3 ? [worker(1000), other] : [other],
      })),
    );
    expect(found).toEqual([
      '0 signal TERM 1000',
      '3 process exited 1000',
      '4 no process matches',
      '5 signal TERM 2000',
    ]);
  });

  it('the next one gets a signal at the latest 3 s after the last one has exited', () => {
    const found = texts(
      two,
      seconds(9, (at) => ({ available: 100, processes: at < 3 ? [worker(1000), other] : [other] })),
    );
    expect(found.at(-1)).toBe('6 signal TERM 2000');
  });
});

/** Any rules, and any course of processes and memory. */
const RULES = fc.array(
  fc.record(
    {
      when: fc.constantFrom('available < 25%', 'available < 10% or eta < 5m', 'rss > 50M', 'name ~ o', 'cpu >= 0'),
      on: fc.constantFrom('name ~ o', 'rss > 0', 'worker', 'not zzz'),
      pick: fc.constantFrom('largest', 'growing', 'newest', 'all'),
      do: fc.constantFrom(['signal TERM'], LADDER.do, ['warn', 'signal TERM', 'wait 1s', 'signal KILL'], ['collect']),
      for: fc.constantFrom('0s', '2s'),
      every: fc.constantFrom('1s', '4s'),
      cooldown: fc.constantFrom('0s', '3s', '20s'),
      tree: fc.boolean(),
      protect: fc.constant(['name = kept']),
    },
    { requiredKeys: ['when', 'on', 'do', 'protect', 'cooldown'] },
  ),
  { minLength: 1, maxLength: 3 },
);
const PROCESSES = fc.uniqueArray(
  fc.record({
    pid: fc.integer({ min: 1000, max: 1006 }),
    ppid: fc.constantFrom(1, 800, 900, 1000, 1001),
    startTime: fc.integer({ min: 1, max: 2 }),
    name: fc.constantFrom('worker', 'other', 'kept', 'sshd', 'node'),
    size: fc.integer({ min: 0, max: 600 }),
  }),
  { selector: ({ pid }) => pid, maxLength: 6 },
);
const COURSE = fc.array(
  fc.record({
    step: fc.integer({ min: 1, max: 4 }),
    available: fc.integer({ min: 0, max: 2000 }),
    processes: PROCESSES,
  }),
  {
    minLength: 1,
    maxLength: 25,
  },
);

describe('with any rules and any course of memory and processes', () => {
  it('only processes that are there and not protected are acted on, and no rule fires twice within its cool-down', () => {
    fc.assert(
      fc.property(RULES, COURSE, (tables, course) => {
        const simulation = new Simulation();
        const rules = tables.map((table, index) => ruleOf({ ...table, name: `${index}` }));
        const engine = new RuleEngine(rules, 0);
        const protectedPids = new Set(UNTOUCHABLE.map(({ who }) => who.pid));
        const fired = new Map<string, number>();
        const progress = new Map<string, number>();
        let at = 0;
        for (const { step, available, processes } of course) {
          at += step;
          const present = processes.map(({ size, ...who }) =>
            processOf({ who: { ...who, user: 'alice' }, rss: size * MEBIBYTE }),
          );
          const scene = simulation.sceneOf({ at, available, processes: present });
          for (const decision of engine.advance(scene)) {
            const { rule, victim } = decision;
            if (decision.kind === 'stop') {
              progress.delete(rule.name);
              continue;
            }
            for (const one of [...decision.descendants, ...(victim === undefined ? [] : [victim])]) {
              expect(protectedPids.has(one.pid)).toBe(false);
              const now = present.find(({ who }) => who.pid === one.pid);
              expect(now?.who.startTime, 'exactly this process').toBe(one.startTime);
              expect(now?.who.name).not.toBe('kept');
            }
            if ((progress.get(rule.name) ?? 0) === 0 && rule.pick !== 'all') {
              const before = fired.get(rule.name);
              if (before !== undefined) expect((at - before) * 1000).toBeGreaterThanOrEqual(rule.cooldown ?? 0);
              fired.set(rule.name, at);
            }
            progress.set(rule.name, (progress.get(rule.name) ?? 0) + 1);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
