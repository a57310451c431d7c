import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../../src/cli/command-line.ts';
import type { Context } from '../../../src/cli/context.ts';
import { settle } from '../../../src/cli/settle.ts';
import { printFrom } from '../../../src/commands/print/print.ts';
import { COMMANDS } from '../../../src/commands/table.ts';
import type { Column } from '../../../src/model/columns/column.ts';
import { COLUMNS } from '../../../src/model/columns/columns.ts';
import { withAverageCpu } from '../../../src/model/rows/average-cpu.ts';
import type { Row } from '../../../src/model/rows/row.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Kill } from '../../../src/model/snapshot/oom-kill.ts';
import type { Needs } from '../../../src/sampling/sampler/sampler.ts';
import { type FakeContext, fakeContext } from '../../helpers/fake-context.ts';
import { type FakeSampler, fakeSampler } from '../../helpers/fake-sampler.ts';
import { MEMORY, processOf, START, snapshotOf } from '../../helpers/reports.ts';

const MIB = 2 ** 20;
const PYTHON = processOf({ pid: 30, name: 'python3', command: 'python3 a.py', rss: 200 * MIB, cpuTime: 30_000 });
const NODE = processOf({ pid: 20, name: 'node', command: '/usr/bin/node server.js', rss: 100 * MIB, cpuTime: 6000 });
const KERNEL = processOf({ pid: 2, name: 'kthreadd', command: '', kernel: true, rss: 0 });
const SELF = processOf({ pid: 4, name: 'node', command: 'node memtop.js node', rss: 50 * MIB });
const SNAPSHOT = snapshotOf([KERNEL, SELF, NODE, PYTHON], 0, { observer: { pid: 4, kernelMemory: 0 } });

const KILL: Kill = {
  ...({ type: 'oom-kill', time: START, pid: 77, name: 'victim', scope: 'machine' } as const),
  ...({ by: 'kernel', certainty: 'certain', source: 'kmsg', verified: true } as const),
};

interface Printed {
  readonly exitCode: number;
  readonly text: string;
  readonly context: FakeContext;
  readonly sampler: FakeSampler;
}

/** Prints by a command line from a fake sampler. */
async function printed(line: string, sampler = fakeSampler(SNAPSHOT), given: Partial<Context> = {}): Promise<Printed> {
  const context = fakeContext(given);
  const flags = COMMANDS[0]?.flags ?? [];
  const parsed = parseFlags(line.split(' ').filter(Boolean), {
    ...{ name: 'memtop', summary: '', version: '0', appendix: () => '' },
    ...{ flags, words: '[FILTER...]' },
  });
  const names = { samplers: ['auto'], commands: COMMANDS.map(({ name }) => name) };
  const request = settle(parsed, { environment: context.environment, platform: 'linux', ...names });
  const exitCode = await printFrom(sampler, request, context, context.ending.signal);
  return { exitCode, text: context.printed.join(''), context, sampler };
}

const pids = (text: string): number[] =>
  text
    .trim()
    .split('\n')
    .flatMap((line) => JSON.parse(line).processes.map(({ pid }: { pid: number }) => pid));

describe('the table', () => {
  it('is sorted by RSS, largest first, without kernel threads', async () => {
    const { exitCode, text } = await printed('');
    expect(exitCode).toBe(0);
    expect(text.split('\n').slice(3)).toEqual(
      [
        'PID USER    RSS PEAK CPU% AGE COMMAND',
        ' 30 ubuntu 200M      50.0  1m python3 a.py',
        ' 20 ubuntu 100M      10.0  1m /usr/bin/node server.js',
        '  4 ubuntu 50.0M           1m node memtop.js node',
        '',
      ].map((line) =>
        expect.stringMatching(
          new RegExp(`^${line.replaceAll(/[.*/]/g, '\\$&').replaceAll(/ +/g, ' +')}$`.replace('^ +', '^ *')),
        ),
      ),
    );
  });

  it('shows the chosen columns, in the given order', async () => {
    expect((await printed('-c name,pid -s name')).text.split('\n').slice(3)).toEqual([
      'NAME    PID',
      'node      4',
      'node     20',
      'python3  30',
      '',
    ]);
  });

  it('shows the time of each when it is printed more than once', async () => {
    const { text, sampler } = await printed('-n 2 -d 100ms');
    expect(text.match(/^\d\d:\d\d:\d\d$/gm)).toHaveLength(2);
    expect(text).toContain('Δ/MIN');
    expect(sampler.requested).toHaveLength(2);
  });
});

describe('the order', () => {
  it('can be turned round', async () => {
    expect(pids((await printed('-o json -s rss:asc')).text)).toEqual([2, 4, 20, 30]);
    expect(pids((await printed('-o json -s pid')).text)).toEqual([2, 4, 20, 30]);
    expect(pids((await printed('-o json -s pid:desc')).text)).toEqual([30, 20, 4, 2]);
    expect(pids((await printed('-o json -s cpu')).text)).toEqual([30, 20, 2, 4]);
  });
});

describe('a column that rows are sorted by', () => {
  const titlesOf = async (line: string) => {
    const { text } = await printed(line);
    return text.split('\n').find((each) => each.includes('COMMAND') || each.startsWith('PID'));
  };

  it('is shown where it is not among the columns, in its place', async () => {
    expect((await titlesOf('-s threads'))?.split(/ +/).filter(Boolean)).toEqual([
      ...['PID', 'USER', 'RSS', 'PEAK', 'CPU%', 'AGE', 'THR', 'COMMAND'],
    ]);
    expect((await titlesOf('-c pid,command -s rss'))?.split(/ +/).filter(Boolean)).toEqual(['PID', 'RSS', 'COMMAND']);
  });

  it('is not added with the default order, nor to chosen CSV columns', async () => {
    expect((await titlesOf('-c pid,command'))?.split(/ +/).filter(Boolean)).toEqual(['PID', 'COMMAND']);
    expect((await printed('-o csv -n 1 -c pid,name -s rss')).text.split('\n')[0]).toBe('time,pid,name');
    expect((await printed('-o csv -n 1 -s swap')).text.split('\n')[0]).toMatch(/,swap,command$/);
  });
});

describe('what so few samples cannot show', () => {
  it('is refused as an order and in a filter by every such column, before anything is sampled', async () => {
    const columns: readonly Column[] = COLUMNS;
    const ids = columns.flatMap(({ id, knownAfter }) => (knownAfter === undefined ? [] : [id]));
    expect(ids).toEqual(expect.arrayContaining(['growth', 'pattern', 'trend', 'eta', 'faults', 'gc']));
    for (const id of ids) {
      const sampler = fakeSampler(SNAPSHOT);
      await expect(printed(`--once -s ${id}`, sampler)).rejects.toMatchObject({
        next: expect.stringMatching('--for 60s'),
      });
      await expect(printed(`-o csv -n 1 -s ${id}`, sampler)).rejects.toThrow(`Cannot sort by ${id}`);
      expect(sampler.requested).toHaveLength(0);
    }
  });

  it('is every column that is blank after one sample and not after a minute', () => {
    const columns: readonly Column[] = COLUMNS;
    const blankAfter = (samples: number) => {
      const tracker = new Tracker();
      let row: Row | undefined;
      for (let at = 0; at < samples; at += 1) {
        const rss = (100 + at) * MIB;
        const heap = { runtime: 'node', used: rss, limit: 400 * MIB, gc: { count: at, time: at } } as const;
        const sinceLastRead = at === 0 ? {} : { sinceLastRead: 1000 };
        const process = { ...NODE, ...sinceLastRead, rss, heap, majorFaults: at };
        [row] = withAverageCpu(tracker.advance(snapshotOf([process], at * 1000), 1000), snapshotOf([]));
      }
      const moment = { time: START, timeline: tracker.timeline };
      return columns.filter((column) => column.value(row as Row, moment) === undefined);
    };
    const later = blankAfter(61);
    const wanting = blankAfter(1).filter((column) => !later.includes(column));
    expect(wanting.map(({ id }) => id)).toEqual(expect.arrayContaining(['growth', 'pattern', 'eta', 'faults', 'gc']));
    for (const { id, knownAfter } of wanting) expect(knownAfter, id).toBeDefined();
  });

  it('is named below a table that has such a column', async () => {
    const { exitCode, text } = await printed('--once -c pid,growth,command');
    expect(exitCode).toBe(0);
    expect(text).toMatch(/\n\nNot known from a single sample: growth\. Add --for 60s to sample/);
    expect((await printed('--once')).text).not.toContain('Not known from');
  });
});

describe('--for', () => {
  /** A sampler whose python grows by a MiB each time, on the real clock. */
  const growing = (): FakeSampler => {
    const requested: Needs[] = [];
    const began = performance.now();
    return {
      name: 'growing',
      requested: requested,
      async sample(needs) {
        requested.push(needs);
        const after = performance.now() - began;
        const events = requested.length === 2 ? { events: [KILL] } : {};
        return snapshotOf([NODE, { ...PYTHON, rss: PYTHON.rss + requested.length * MIB }], after, events);
      },
      close() {},
    };
  };

  it('samples so long, prints one table at the end, and knows growth in it', async () => {
    const sampler = growing();
    const began = performance.now();
    const { exitCode, text } = await printed('--for 4.2s -s growth', sampler);
    expect(performance.now() - began).toBeGreaterThanOrEqual(4150);
    expect(exitCode).toBe(0);
    expect(sampler.requested.length).toBeGreaterThanOrEqual(5);
    expect(text.match(/Δ\/MIN/g)).toHaveLength(1);
    expect(text).not.toMatch(/^\d\d:\d\d:\d\d$/m);
    const lines = text.split('\n');
    const [top = ''] = lines.slice(lines.findIndex((line) => line.includes('COMMAND')) + 1);
    expect(top).toMatch(/python3 a\.py$/);
    expect(top).toMatch(/\+\d+M/);
  });

  it('keeps what grows, and prints one document in every form, with what happened meanwhile', async () => {
    const [json, csv] = await Promise.all([
      printed('--for 4.2s -o json -c pss growth>1m/min', growing()),
      printed('--for 4.2s -o csv -s growth', growing()),
    ]);
    expect(pids(json.text)).toEqual([30]);
    const document = JSON.parse(json.text);
    expect(document.processes[0].growth).toBeGreaterThan(0);
    expect(document.events).toHaveLength(1);
    // PSS is read for what is printed only.
    const reads = json.sampler.requested.map(({ measures }) => measures.has('pss'));
    expect(reads.at(-1)).toBe(true);
    // Where the machine is busy, the sample meant to be the last may come too early: then another one follows.
    expect(reads.slice(reads.indexOf(true))).not.toContain(false);
    expect(reads.filter(Boolean).length).toBeLessThan(reads.length / 2);
    const lines = csv.text.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('python3');
  });

  it('ends at once where none of the requested processes exists, and with the signal that ends other prints', async () => {
    const sampler = growing();
    expect((await printed('--for 1h -p 998', sampler)).exitCode).toBe(1);
    expect(sampler.requested).toHaveLength(1);
    const context = fakeContext({});
    setTimeout(() => context.ending.abort(), 50);
    const { settings, ...request } = settle(
      { flags: { for: '1h' }, words: [] },
      { environment: {}, platform: 'linux', samplers: ['auto'], commands: [] },
    );
    expect(await printFrom(growing(), { settings, ...request }, context, context.ending.signal)).toBe(0);
    expect(context.printed).toEqual([]);
  });

  it('says on a terminal that nothing is to be seen for a while', async () => {
    const { context } = await printed('--for 1s', growing(), { outputIsTerminal: true });
    expect(context.warned).toEqual(['Sampling for 1s (Ctrl-C stops).']);
  });
});

describe('the filter', () => {
  it('never matches memtop itself, unless by PID', async () => {
    expect(pids((await printed('-o json node')).text)).toEqual([20]);
    expect(pids((await printed('-o json -p 4')).text)).toEqual([4]);
  });

  it('wants every word, from -f and bare, and keeps `or` where it was written', async () => {
    expect(pids((await printed('-o json -f server NODE')).text)).toEqual([20]);
    expect(pids((await printed('-o json python or server')).text)).toEqual([30, 20]);
    expect((await printed('-o json -f python server')).exitCode).toBe(1);
  });

  it('finds kernel threads by name, in a table too', async () => {
    expect((await printed('kthreadd')).text).toContain('[kthreadd]');
  });
});

describe('a negative result', () => {
  it('is an exit code of 1 and a sentence, and an empty document where one was requested', async () => {
    const { exitCode, text, context } = await printed('-o json nobody');
    expect(exitCode).toBe(1);
    expect(JSON.parse(text).processes).toEqual([]);
    expect(context.warned).toEqual(["No process matches 'nobody'."]);
  });

  it('names a command that is near, unless the filter is given by its flag', async () => {
    expect((await printed('lime')).context.warned).toEqual(["No process matches 'lime'. Did you mean `memtop line`?"]);
    expect((await printed('-f lime')).context.warned).toEqual(["No process matches 'lime'."]);
  });

  it('is given at once for PIDs without a process, even by a stream', async () => {
    const { exitCode, context, sampler } = await printed('-o ndjson -p 998,999');
    expect(exitCode).toBe(1);
    expect(sampler.requested).toHaveLength(1);
    expect(context.warned).toEqual(['No process 998, 999. Run `memtop --once` to list processes.']);
  });

  it('still prints the processes that are there', async () => {
    const { exitCode, text, context } = await printed('-o json -p 20,999');
    expect(exitCode).toBe(1);
    expect(pids(text)).toEqual([20]);
    expect(context.warned).toEqual(['No process 999. Run `memtop --once` to list processes.']);
  });

  it('is not given by a stream in which something matched once', async () => {
    const { exitCode } = await printed(
      '-o ndjson -n 2 -d 100ms python',
      fakeSampler(SNAPSHOT, snapshotOf([NODE], 100)),
    );
    expect(exitCode).toBe(0);
  });
});

describe('JSON and CSV', () => {
  it('are as many documents as requested, one per line', async () => {
    const { text, sampler } = await printed('-o ndjson -n 3 -d 100ms');
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).version),
    ).toEqual([1, 1, 1]);
    expect(sampler.requested).toHaveLength(3);
  });

  it('have the average CPU percentage first, and the one since the previous sample from then on', async () => {
    const later = { ...PYTHON, cpuTime: 30_050, sinceLastRead: 100 };
    const { text } = await printed('-o ndjson -n 2 -d 100ms python', fakeSampler(SNAPSHOT, snapshotOf([later], 100)));
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).processes[0].cpuPercent),
    ).toEqual([50, 50]);
    const idle = { ...PYTHON, rss: 7, sinceLastRead: 100 };
    const second = (await printed('-o ndjson -n 2 -d 100ms python', fakeSampler(SNAPSHOT, snapshotOf([idle], 100))))
      .text;
    expect(
      second
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).processes[0].cpuPercent),
    ).toEqual([50, 0]);
  });

  it('have the header of CSV once', async () => {
    const { text } = await printed('-o csv -n 2 -d 100ms -c pid,rss python');
    expect(text.replaceAll(/^2026[^,]*/gm, 'T')).toBe(`time,pid,rss\nT,30,${200 * MIB}\nT,30,${200 * MIB}\n`);
  });

  it('include kernel threads', async () => {
    expect((await printed('-o csv -n 1')).text).toContain(',kthreadd,0,');
  });
});

describe('the needs of the sampler', () => {
  it('is every row, whole commands, and the measures of the columns and of the order', async () => {
    const { sampler } = await printed('-o json -c peak -s swap');
    expect(sampler.requested[0]).toMatchObject({ everyRow: true, everyMeasure: true, commandLimit: 131_072 });
    expect([...(sampler.requested[0]?.measures ?? [])].sort()).toEqual(['peak', 'swap']);
    expect([...((await printed('-o json')).sampler.requested[0]?.measures ?? [])]).toEqual([]);
  });
});

describe('the end of a stream', () => {
  it('comes with a signal', async () => {
    const ending = new AbortController();
    const untilSignal = (work: (signal: AbortSignal) => Promise<number>) => work(ending.signal);
    let count = 0;
    const context = fakeContext({
      untilSignal,
      print: async () => {
        count += 1;
        if (count === 2) ending.abort();
      },
    });
    const request = settle(
      { flags: { output: 'ndjson', interval: '100ms' }, words: [] },
      { environment: {}, platform: 'linux', samplers: ['auto'], commands: [] },
    );
    expect(await printFrom(fakeSampler(SNAPSHOT), request, context, ending.signal)).toBe(0);
    expect(count).toBe(2);
  });

  it('comes when the reader has closed the output', async () => {
    const closed = Object.assign(new Error('closed'), { name: 'OutputClosed' });
    const print = () => Promise.reject(closed);
    await expect(printed('-o csv', fakeSampler(SNAPSHOT), { print })).rejects.toBe(closed);
  });

  it('waits for a slow reader before it samples again', async () => {
    const sampler = fakeSampler(SNAPSHOT);
    let underWay = 0;
    const print = async () => {
      underWay += 1;
      expect(underWay).toBe(1);
      expect(sampler.requested.length).toBeLessThanOrEqual(3);
      await new Promise((resolve) => setTimeout(resolve, 150));
      underWay -= 1;
    };
    await printed('-o ndjson -n 3 -d 100ms', sampler, { print });
    expect(sampler.requested).toHaveLength(3);
  });
});

it('memory that is not known is absent everywhere', async () => {
  expect(MEMORY.total).toBeDefined();
  const { text } = await printed('-o json', fakeSampler(snapshotOf([NODE], 0, { system: {} })));
  expect(JSON.parse(text).system).toEqual({});
});

describe('tree and groups', () => {
  const shell = processOf({ pid: 30, ppid: 1, name: 'bash', command: 'bash', rss: MIB });
  const child = processOf({
    pid: 31,
    ppid: 30,
    name: 'node',
    command: 'node a.js',
    rss: 300 * MIB,
    cgroup: '/web.service',
  });
  const other = processOf({
    pid: 32,
    ppid: 1,
    name: 'node',
    command: 'node b.js',
    rss: 200 * MIB,
    cgroup: '/web.service',
  });
  const all = () => fakeSampler(snapshotOf([shell, child, other]));

  it('are the table with -t: children behind lines, the largest subtree first, and what is added up said', async () => {
    const { text } = await printed('-t -c pid,rss,subtree,command', all());
    expect(text.split('\n').slice(2)).toEqual([
      'Subtree RSS counts shared pages repeatedly; use PSS for exact sums',
      '',
      'PID   RSS  SUBTREE COMMAND',
      ' 30 1.00M x2  301M bash',
      ' 31  300M          └─ node a.js',
      ' 32  200M          node b.js',
      '',
    ]);
    expect((await printed('-t --ascii', all())).text).toContain('`- node a.js');
  });

  it('are a row a group with -g', async () => {
    const { text } = await printed('-g name -c pid,rss,command', all());
    expect(text.split('\n').slice(4)).toEqual(['PID   RSS COMMAND', ' x2  500M node', ' x1 1.00M bash', '']);
    const byCgroup = await printed('-g cgroup -c rss,command', all());
    expect(byCgroup.text.split('\n').slice(5)).toEqual([' 500M x2 web.service', '1.00M x1 cgroup unknown', '']);
    expect(byCgroup.sampler.requested[0]?.measures).toContain('cgroup');
  });

  it('leave json, ndjson and csv as they are: one process after the other', async () => {
    for (const form of ['json', 'csv -n 1']) {
      const plain = await printed(`-o ${form}`, all());
      expect((await printed(`-o ${form} -t`, all())).text).toBe(plain.text);
      expect((await printed(`-o ${form} -g cgroup`, all())).text).toBe(plain.text);
    }
    const { text } = await printed('-o csv -n 1 -c pid,cgroup', all());
    expect(
      text
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').slice(1)),
    ).toContainEqual(['31', '/web.service']);
  });

  it('are not both at once, and groups are by what there is', async () => {
    await expect(printed('-t -g name', all())).rejects.toThrow('-t and -g cannot be used together.');
    await expect(printed('-g nmae', all())).rejects.toMatchObject({ message: expect.stringContaining('grouping') });
  });
});
