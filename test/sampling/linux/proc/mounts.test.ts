import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDistributionIds } from '../../../../src/sampling/linux/machine/os-release.ts';
import { mountOn, optionOf, parseMounts } from '../../../../src/sampling/linux/proc/mounts.ts';

it('mounts are read with their options, the last one on a folder counts', () => {
  const mounts = parseMounts(
    'proc /proc proc rw 0 0\nproc /proc proc rw,hidepid=2,gid=4 0 0\nx /a\\040b ext4 rw 0 0\n',
  );
  expect(optionOf(mountOn(mounts, '/proc')!, 'hidepid')).toBe('2');
  expect(optionOf(mountOn(mounts, '/proc')!, 'subset')).toBeUndefined();
  expect(mountOn(mounts, '/a b')).toMatchObject({ kind: 'ext4' });
  expect(mountOn(mounts, '/nowhere')).toBeUndefined();
});

it('ids of a distribution are its own first, then what it is like', () => {
  expect(parseDistributionIds('ID=ubuntu\nID_LIKE="debian"\n')).toEqual(['ubuntu', 'debian']);
  expect(parseDistributionIds('ID="$(reboot)"\n')).toEqual([]);
});

it('whatever stands in these files, none of the readers throws', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseMounts(text);
      parseDistributionIds(text);
    }),
  );
});
