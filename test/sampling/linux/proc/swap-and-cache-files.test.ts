import { describe, expect, it } from 'vitest';
import { parseArcstats } from '../../../../src/sampling/linux/proc/arcstats.ts';
import { parseSwaps } from '../../../../src/sampling/linux/proc/swaps.ts';
import { parseCpuLists } from '../../../../src/sampling/linux/proc/zoneinfo.ts';
import { parseMmStat } from '../../../../src/sampling/linux/proc/zram-mm-stat.ts';

describe('/proc/swaps', () => {
  const text = `Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority
/dev/zram0                              partition\t262140\t\t120036\t\t-2
/my\\040swap                             file\t\t1024\t\t0\t\t5
`;

  it('names each device and file with its size and use in bytes', () => {
    expect(parseSwaps(text)).toEqual([
      { path: '/dev/zram0', size: 262_140 * 1024, used: 120_036 * 1024 },
      { path: '/my swap', size: 1024 * 1024, used: 0 },
    ]);
  });

  it('are empty without entries', () => {
    expect(parseSwaps('Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n')).toEqual([]);
  });
});

describe('mm_stat of a zram device', () => {
  it('shows what it holds, what that costs, and its limit where it has one', () => {
    expect(parseMmStat('122843136 12593911 14376960        0 14376960        0        0        1        1\n')).toEqual({
      stored: 122_843_136,
      used: 14_376_960,
    });
    expect(parseMmStat('1 2 3 4 5\n')).toEqual({ stored: 1, used: 3, limit: 4 });
  });

  it.each(['', '1 2 3\n', '-1 2 3 4\n', 'a b c d\n'])('%j is malformed', (text) => {
    expect(parseMmStat(text)).toBeUndefined();
  });
});

describe('arcstats of ZFS', () => {
  const lines = ['13 1 0x01 3 816 1 2', 'name                            type data', 'c_min  4 700'];

  it('shows the size and how much of it is in kernel slab', () => {
    const text = [...lines, 'size 4 1000', 'hdr_size 4 10', 'dnode_size 4 20', 'data_size 4 900', ''].join('\n');
    expect(parseArcstats(text)).toEqual({ size: 1000, inSlab: 30 });
  });

  it('never has more in slab than there is', () => {
    expect(parseArcstats([...lines, 'size 4 5', 'hdr_size 4 10', ''].join('\n'))).toEqual({ size: 5, inSlab: 5 });
  });

  it('is malformed without a size', () => {
    expect(parseArcstats(lines.join('\n'))).toBeUndefined();
  });
});

it('the free pages that each CPU keeps are added up over all zones of zoneinfo', () => {
  const text =
    '  pagesets\n    cpu: 0\n              count:    12\n              high: 14\n    cpu: 1\n              count:    3\n';
  expect(parseCpuLists(text)).toBe(15);
  expect(parseCpuLists('')).toBe(0);
});
