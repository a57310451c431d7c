import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSmaps, SmapsSum } from '../../../../src/sampling/linux/proc/smaps-rollup.ts';

/** As Linux 6.18 printed it. */
const ROLLUP = `55b41f1f0000-7ffe2b762000 ---p 00000000 00:00 0                          [rollup]
Rss:                1628 kB
Pss:                 204 kB
Pss_Dirty:           112 kB
Pss_Anon:            112 kB
Pss_File:             92 kB
Pss_Shmem:             0 kB
Shared_Clean:       1480 kB
Shared_Dirty:          8 kB
Private_Clean:        36 kB
Private_Dirty:       112 kB
Referenced:         1628 kB
Anonymous:           112 kB
KSM:                   0 kB
LazyFree:              0 kB
AnonHugePages:         0 kB
ShmemPmdMapped:        0 kB
FilePmdMapped:         0 kB
Shared_Hugetlb:        0 kB
Private_Hugetlb:    2048 kB
Swap:                  0 kB
SwapPss:               0 kB
Locked:                0 kB
`;
const SMAPS = { pss: 204 * 1024, uss: (36 + 112 + 2048) * 1024, shared: 1488 * 1024 };

const parse = (text: string) => parseSmaps(Buffer.from(text), Buffer.byteLength(text));

describe('PSS and USS of a process', () => {
  it('are taken from the lines of smaps_rollup, in bytes', () => {
    expect(parse(ROLLUP)).toEqual(SMAPS);
  });

  it('are the sums of the lines of smaps', () => {
    const mapping = ROLLUP.replace('[rollup]', '/usr/lib/Pss: 9 kB');
    expect(parse(`${mapping}VmFlags: rd ex mr mw me\n${mapping}`)).toEqual({
      pss: 2 * SMAPS.pss,
      uss: 2 * SMAPS.uss,
      shared: 2 * SMAPS.shared,
    });
  });

  it('need no Private_Hugetlb, which old kernels do not have', () => {
    expect(parse(ROLLUP.replace(/Private_Hugetlb.*\n/, ''))).toEqual({ ...SMAPS, uss: 148 * 1024 });
  });

  it('are not known of a file that is cut off, wherever', () => {
    const last = ROLLUP.indexOf('Private_Dirty:       112 kB') + 'Private_Dirty:       112 kB\n'.length;
    for (let length = 0; length < last; length += 1) expect(parse(ROLLUP.slice(0, length))).toBeUndefined();
    expect(parse(ROLLUP + ROLLUP.slice(0, last - 1))).toBeUndefined();
  });

  it('are unknown where a number is malformed, has another unit, or is beyond all memory', () => {
    for (const odd of ['', '-4 kB', 'many kB', '204', '204 MB', '204 kB more', '99999999999999999999999 kB'])
      expect(parse(ROLLUP.replace('204 kB', odd))).toBeUndefined();
    expect(parse(ROLLUP.replace('204 kB', '9007199254740991 kB'))).toBeUndefined();
  });

  it('come to the same however the file is cut into pieces', () => {
    const text = Buffer.from(ROLLUP + ROLLUP);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (sizes) => {
        const sum = new SmapsSum();
        let kept = Buffer.alloc(0);
        for (let at = 0, turn = 0; at < text.length; turn += 1) {
          const size = sizes[turn % sizes.length] as number;
          const piece = Buffer.concat([kept, text.subarray(at, at + size)]);
          kept = piece.subarray(sum.add(piece, piece.length));
          at += size;
        }
        expect(kept.length).toBe(0);
        expect(sum.result()?.pss).toBe(2 * SMAPS.pss);
      }),
    );
  });

  it('of any bytes are sizes or nothing', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(...ROLLUP.split('\n')),
      fc.tuple(fc.constantFrom('Pss:', 'Private_Dirty:', 'Shared_Clean:'), fc.string()).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const smaps = parse(lines.join('\n'));
        for (const bytes of Object.values(smaps ?? {})) expect(bytes).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
