import { describe, expect, it } from 'vitest';
import { formatJson } from '../../src/formats/json.ts';
import { withAverageCpu } from '../../src/model/rows/average-cpu.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { GroupLimit } from '../../src/model/snapshot/cgroup-memory.ts';
import { FORBIDDEN, HOSTILE, MEMORY, processOf, reportOf, START, snapshotOf } from '../helpers/reports.ts';

const read = (text: string) => JSON.parse(text);

describe('the JSON document', () => {
  it('has the fields of version 1 and no others', () => {
    const process = processOf({
      pid: 9,
      ppid: 2,
      name: 'python3',
      command: 'python3 a.py',
      rss: 4096,
      virtual: 8192,
      threads: 3,
      cpuTime: 6000,
    });
    const report = reportOf([process], { gaps: [{ what: 'peak', why: 'denied', count: 2 }] });
    expect(read(formatJson({ ...report, rows: withAverageCpu(report.rows, { time: START }) }))).toEqual({
      version: 1,
      time: '2026-11-22T09:00:00.000Z',
      host: { name: 'web-1', platform: 'linux', kernel: '6.18.0' },
      system: {
        total: 2_093_796_557,
        free: 104_857_600,
        available: 294_649_856,
        used: 2_093_796_557 - 294_649_856,
        buffers: 1_048_576,
        cached: 209_715_200,
        swapTotal: 536_870_912,
        swapUsed: 125_829_120,
      },
      processes: [
        {
          pid: 9,
          ppid: 2,
          startedAt: '2026-11-22T08:59:00.000Z',
          name: 'python3',
          command: 'python3 a.py',
          user: 'ubuntu',
          state: 'S',
          rss: 4096,
          virtual: 8192,
          threads: 3,
          cpuPercent: 10,
        },
      ],
      events: [],
      gaps: [{ what: 'peak', why: 'denied', count: 2 }],
    });
  });

  it('writes the fields of the machine in this order, a limit and its pressure included', () => {
    const limit: GroupLimit = {
      path: '/job\u001b',
      limit: 4096,
      slows: true,
      most: 8192,
      charged: 3000,
      workingSet: 2000,
      unreclaimable: 1000,
      swapLimit: 64,
      swapUsed: 32,
      pressure: { some10: 1.5, some60: 2, full10: 0.5, full60: 1 },
    };
    const report = reportOf([], { system: { ...MEMORY, pressure: { some10: 9, some60: 9 }, oomKills: 2, limit } });
    const text = formatJson({ ...report, swapRates: { in: 10.26, out: 0 }, exhaustedIn: 60_000.4 });
    expect(/"system":(\{.*\}),"processes"/.exec(text)?.[1]).toBe(
      '{"total":2093796557,"free":104857600,"available":294649856,"used":1799146701,"buffers":1048576,"cached":209715200,' +
        '"swapTotal":536870912,"swapUsed":125829120,"limit":4096,"limitUsed":1000,"limitCharged":3000,' +
        '"limitWorkingSet":2000,"limitCgroup":"/job\\u001b","limitThrottles":true,"limitKills":8192,"limitSwap":64,' +
        '"limitSwapUsed":32,"pressure":{"some10":1.5,"full10":0.5},"oomKills":2,"swapInPerSecond":10.3,' +
        '"swapOutPerSecond":0,"exhaustedAt":"2026-11-22T09:01:00.000Z"}',
    );
  });

  it('carries OOM kills, hostile names escaped', () => {
    const kill = {
      type: 'oom-kill',
      time: START,
      pid: 9,
      name: 'a\u001b[2J',
      scope: 'cgroup',
      cgroup: '/job',
      limit: 4096,
      rss: 4000,
      by: 'kernel',
      certainty: 'certain',
      source: 'kmsg',
      verified: true,
    } as const;
    const text = formatJson(reportOf([], { system: { oomKills: 3 }, events: [kill] }));
    expect(text).not.toContain('\u001b');
    expect(read(text).system).toEqual({ oomKills: 3 });
    expect(read(text).events).toEqual([{ ...kill, time: '2026-11-22T09:00:00.000Z' }]);
  });

  it('leaves out what is not known, of the machine as of a process', () => {
    const document = read(formatJson(reportOf([processOf({ pid: 1 })], { system: {} })));
    expect(document.system).toEqual({});
    for (const field of ['virtual', 'threads', 'peak', 'swap', 'cpuPercent', 'growth']) {
      expect(document.processes[0]).not.toHaveProperty(field);
    }
  });

  it('carries peak, swap and growth once they are known', () => {
    const tracker = new Tracker();
    let report = reportOf([]);
    for (let tick = 0; tick < 6; tick += 1) {
      const process = processOf({ pid: 1, rss: 4096 * (10 + tick), peak: 99, swap: 7 });
      const snapshot = snapshotOf([process], tick * 1000);
      const rows = tracker.advance(snapshot, 1000);
      report = { snapshot, rows, moment: { time: snapshot.time, timeline: tracker.timeline } };
    }
    expect(read(formatJson(report)).processes[0]).toMatchObject({ peak: 99, swap: 7, growth: 4096 });
  });

  it('gives hostile texts back unchanged, and stands on one line without a character that acts', () => {
    const text = formatJson(
      reportOf(HOSTILE.map((name, index) => processOf({ pid: index + 1, name, command: name, user: name }))),
    );
    expect(text.endsWith('}\n')).toBe(true);
    expect(text.slice(0, -1)).not.toMatch(FORBIDDEN);
    const { processes } = read(text);
    for (const [index, name] of HOSTILE.entries())
      expect(processes[index]).toMatchObject({ name, command: name, user: name });
  });

  it('survives a start beyond every calendar', () => {
    const document = read(formatJson(reportOf([processOf({ pid: 1, startedAt: 9e15 })])));
    expect(document.processes[0]).not.toHaveProperty('startedAt');
  });

  it('gives used as total less available', () => {
    const { system } = read(formatJson(reportOf([])));
    expect(system.used).toBe((MEMORY.total ?? 0) - (MEMORY.available ?? 0));
  });

  it('has the parts of memory, which add up to all of it, and what zram holds as well', () => {
    const zram = [{ name: 'zram0', stored: 4000, used: 1000 }];
    const system = { ...MEMORY, shared: 5, use: { anonymous: 2 ** 20, slabReclaimable: 7, zram } };
    const { memory } = read(formatJson(reportOf([], { system }))).system;
    expect(memory).toMatchObject({
      processes: 2 ** 20,
      shared: 5,
      slabReclaimable: 7,
      zramUsed: 1000,
      zramStored: 4000,
    });
    expect(memory).not.toHaveProperty('arc');
    const { zramStored: _, ...parts } = memory as Record<string, number>;
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(MEMORY.total);
    expect(read(formatJson(reportOf([]))).system).not.toHaveProperty('memory');
  });

  it('has the swap rates once two snapshots show them', () => {
    expect(read(formatJson(reportOf([]))).system).not.toHaveProperty('swapInPerSecond');
    const { system } = read(formatJson({ ...reportOf([]), swapRates: { in: 4096, out: 0 } }));
    expect(system).toMatchObject({ swapInPerSecond: 4096, swapOutPerSecond: 0 });
  });

  it('has the time at which memory runs out where that is forecast', () => {
    const report = { ...reportOf([processOf({ pid: 9 })]), exhaustedIn: 19 * 60_000 };
    expect(read(formatJson(report)).system.exhaustedAt).toBe('2026-11-22T09:19:00.000Z');
  });

  it('carries what a column adds under its name there, and only when the column is chosen', () => {
    const facts = { pid: 9, rss: 2 ** 20, swap: 2 ** 20, nice: 5, oomScore: 7, cpuTime: 1230.456 };
    const report = reportOf([processOf(facts)]);
    const moment = { ...report.moment, memoryTotal: 2 ** 24 };
    const wanted = ['mem', 'total', 'nice', 'oom', 'time'];
    const [process] = read(formatJson({ ...report, moment, wanted })).processes;
    expect(process).toMatchObject({ memPercent: 6.25, total: 2 ** 21, nice: 5, oomScore: 7, cpuTime: 1230.46 });
    for (const name of ['memPercent', 'total', 'nice', 'oomScore', 'cpuTime', 'majorFaultsPerSecond'])
      expect(read(formatJson(report)).processes[0]).not.toHaveProperty(name);
  });

  it('has growth pattern and the time of the heap limit of a process, once they are known', () => {
    const tracker = new Tracker();
    let rows: ReturnType<Tracker['advance']> = [];
    let snapshot = snapshotOf([]);
    for (let tick = 0; tick < 100; tick += 1) {
      const heap = { runtime: 'node', used: (100 + tick) * 2 ** 20, limit: 400 * 2 ** 20 } as const;
      snapshot = snapshotOf([processOf({ pid: 9, rss: (150 + tick) * 2 ** 20, heap })], tick * 1000);
      rows = tracker.advance(snapshot, 1000);
    }
    const report = { snapshot, rows, moment: { time: snapshot.time, timeline: tracker.timeline } };
    const plain = read(formatJson(report)).processes[0];
    expect(plain).not.toHaveProperty('pattern');
    // 201 MiB are left of the heap, a MiB a second.
    expect(Date.parse(plain.exhaustedAt) - snapshot.time).toBeGreaterThan(190_000);
    expect(Date.parse(plain.exhaustedAt) - snapshot.time).toBeLessThan(212_000);
    expect(read(formatJson({ ...report, wanted: ['pattern'] })).processes[0].pattern).toBe('growing');
  });
});
