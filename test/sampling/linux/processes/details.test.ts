import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseLimits } from '../../../../src/sampling/linux/proc/limits.ts';
import { parseMemoryParts } from '../../../../src/sampling/linux/proc/status.ts';
import { readDetails } from '../../../../src/sampling/linux/processes/details.ts';
import { ProcRow } from '../../../../src/sampling/linux/processes/row.ts';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import { FileReader } from '../../../../src/sampling/linux/reading/file-reader.ts';
import { needing, never } from '../../needs.ts';

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max data size             unlimited            unlimited            bytes     
Max stack size            8388608              unlimited            bytes     
Max processes             7823                 7823                 processes 
Max open files            1024                 524288               files     
Max locked memory         8388608              8388608              bytes     
Max address space         18446744073709551615 unlimited            bytes     
`;

/** A process in a folder of plain files. */
function processWith(files: Readonly<Record<string, string>>, descriptors?: number): ProcRow {
  const root = mkdtempSync(join(tmpdir(), 'memtop-details-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, '9'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, '9', name), text);
  if (descriptors !== undefined) mkdirSync(join(root, '9/fd'));
  for (let fd = 0; fd < (descriptors ?? 0); fd += 1) writeFileSync(join(root, '9/fd', String(fd)), '');
  return new ProcRow(root, 9);
}

describe('the details of one process', () => {
  it('are read from its own folder', () => {
    const status = 'Name:\tx\nVmHWM:\t  100 kB\nVmSwap:\t 0 kB\nRssAnon:\t 60 kB\nRssFile:\t40 kB\nVmPTE:\t 52 kB\n';
    const row = processWith(
      { status, limits: LIMITS, cgroup: '0::/job\n', oom_score: '667\n', oom_score_adj: '-999\n' },
      3,
    );
    expect(readDetails(row, new FileReader(), false)).toEqual({
      pid: 9,
      startTime: 0,
      memory: { peak: 102_400, swap: 0, anonymous: 61_440, file: 40_960, pageTables: 53_248 },
      limits: {
        'address space': { soft: 'unlimited', hard: 'unlimited' },
        'data size': { soft: 'unlimited', hard: 'unlimited' },
        'stack size': { soft: 8_388_608, hard: 'unlimited' },
        'locked memory': { soft: 8_388_608, hard: 8_388_608 },
        'open files': { soft: 1024, hard: 524_288 },
        processes: { soft: 7823, hard: 7823 },
      },
      descriptors: 3,
      cgroup: '0::/job\n',
      oomScore: 667,
      oomAdjustment: -999,
      gaps: {},
    });
  });

  it('what is missing is absent and named, never zero', () => {
    expect(readDetails(processWith({ oom_score: 'many\n' }), new FileReader(), false)).toEqual({
      pid: 9,
      startTime: 0,
      memory: {},
      limits: {},
      gaps: {
        status: 'gone',
        limits: 'gone',
        cgroup: 'gone',
        oom_score: 'malformed',
        oom_score_adj: 'gone',
        fd: 'gone',
      },
    });
  });

  it.runIf(process.platform === 'linux')('of this very process are those the kernel tells', async () => {
    const sampler = openProcfs();
    onTestFinished(() => sampler.close());
    const { details } = await sampler.sample(needing({ details: process.pid }), never);
    expect(details).toMatchObject({ pid: process.pid, memory: { peak: expect.any(Number) }, gaps: {} });
    expect(details?.descriptors).toBeGreaterThan(3);
    expect(details?.limits['open files']).toBeDefined();
  });

  it.runIf(process.platform === 'linux')('are absent without a process, and when not requested', async () => {
    const sampler = openProcfs();
    onTestFinished(() => sampler.close());
    expect((await sampler.sample(needing({ details: 4_194_303 }), never)).details).toBeUndefined();
    expect((await sampler.sample(needing(), never)).details).toBeUndefined();
  });
});

it('no text of limits or status makes the parsers throw or tell what cannot be', () => {
  const line = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.constantFrom('Max open files', 'VmHWM:', 'RssAnon:'), fc.string(), fc.nat())
      .map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n');
      for (const value of Object.values(parseMemoryParts(text))) expect(value).toBeGreaterThanOrEqual(0);
      for (const limit of Object.values(parseLimits(text)))
        expect(Number(limit?.soft) >= 0 || limit?.soft === 'unlimited').toBe(true);
    }),
  );
});
