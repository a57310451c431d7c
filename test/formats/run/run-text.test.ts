import { describe, expect, it } from 'vitest';
import { formatRunJson } from '../../../src/formats/run/run-json.ts';
import { formatRunText } from '../../../src/formats/run/run-text.ts';
import type { RunResult } from '../../../src/model/run/run.ts';
import type { Kill } from '../../../src/model/snapshot/oom-kill.ts';

const MIB = 2 ** 20;
const time = Date.UTC(2026, 0, 1, 12);

const RESULT: RunResult = {
  command: ['python3', 'a.py'],
  exitCode: 0,
  elapsed: 83_000,
  main: { pid: 7, peak: 396 * MIB, peakAt: { elapsed: 4200, time: time + 4200 }, resting: 15 * MIB },
  tree: { peak: 410 * MIB, resting: 16 * MIB, processes: 3, remaining: 1, way: 'parents' },
  growth: 1234.5678,
  pattern: 'steady',
  collections: { gen0: { count: 12, ms: 3, maxMs: 1 }, gen2: { count: 2 } },
  curve: Array.from({ length: 60 }, (_, index) => (index < 3 ? Number.NaN : index < 20 ? 396 * MIB : 15 * MIB)),
};

const lines = (result: RunResult, width = 80) => formatRunText(result, { ascii: false, width }).split('\n');

describe('the text of a run', () => {
  it('has one line for each fact, and a curve of 60 cells', () => {
    expect(lines(RESULT)).toEqual([
      'memtop: python3 a.py',
      '  ended   exit code 0 after 1 min 23 s',
      '  main    peak 396M after 4.2 s, resting 15.0M',
      '  tree    peak 410M, resting 16.0M (up to 3 processes, found by parent and',
      '          session); 1 process still running',
      '  growth  steady, +72.3K/min',
      '  GC      12 gen0, 2 gen2; pauses 3.0 ms in all, longest 1.0 ms',
      `  memory     ${'▇'.repeat(17)}${'▁'.repeat(40)}`,
      '          0 to 396M in 1 min 23 s',
      '',
    ]);
  });

  it('says why a command was killed', () => {
    const oom: Kill = {
      type: 'oom-kill',
      time,
      pid: 7,
      name: 'py\x1b[2Jthon',
      rss: 90 * MIB,
      scope: 'cgroup',
      cgroup: '/job',
      limit: 100 * MIB,
      by: 'kernel',
      certainty: 'certain',
      source: 'kmsg',
      verified: true,
    };
    const killed = lines({ ...RESULT, exitCode: 137, signal: 'SIGKILL', oom });
    expect(killed).toContain('  ended   killed by SIGKILL (OOM) after 1 min 23 s');
    expect(killed).toContain('  OOM     kernel killed py[2Jthon (7) at 90.0M, limit of 100M of cgroup /job');
  });

  it('says what is not known, and how high a peak may have been', () => {
    const { main: _, tree: __, ...rest } = RESULT;
    expect(lines(rest)).toContain('  main    memory not known: it ended before it could be read');
    const rising = { ...RESULT, main: { ...(RESULT.main as object), peakAtMost: 450 * MIB } } as RunResult;
    expect(lines(rising).join('\n')).toContain('up to 450M in its last moments');
  });

  it('fits into a narrow terminal, and has no control characters of the command', () => {
    const narrow = lines({ ...RESULT, command: ['sh', '-c', 'printf "\x1b[2J"\necho'] }, 40);
    for (const line of narrow) expect(line.length).toBeLessThanOrEqual(40);
    expect(narrow[0]).toBe('memtop: sh -c printf "[2J" echo');
  });
});

describe('the document of a run', () => {
  it('has the fields of its format in their order, and leaves out what is not known', () => {
    expect(JSON.parse(formatRunJson(RESULT))).toEqual({
      version: 1,
      command: ['python3', 'a.py'],
      exitCode: 0,
      elapsedMs: 83_000,
      main: { pid: 7, peak: 396 * MIB, peakAt: '2026-01-01T12:00:04.200Z', resting: 15 * MIB },
      tree: { peak: 410 * MIB, resting: 16 * MIB },
      growth: 1234.57,
      pattern: 'steady',
      collections: { gen0: { count: 12, ms: 3, maxMs: 1 }, gen2: { count: 2 } },
    });
    expect(formatRunJson({ command: ['a'], exitCode: 3, elapsed: 1.6, curve: [] })).toBe(
      '{"version":1,"command":["a"],"exitCode":3,"elapsedMs":2}\n',
    );
  });

  it('is one line whatever the command is', () => {
    const text = formatRunJson({ command: ['a\u2028\x1b\n'], exitCode: 0, elapsed: 1, curve: [] });
    expect(text.split('\n')).toHaveLength(2);
    expect(JSON.parse(text).command).toEqual(['a\u2028\x1b\n']);
    expect(text).toContain('\\u2028');
  });
});
