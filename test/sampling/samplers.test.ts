import { expect, test } from 'vitest';
import { openSampler, samplers } from '../../src/sampling/samplers.ts';

const fixture = new URL('../fixtures/proc/ordinary/proc', import.meta.url).pathname;

test('every sampler has a name of its own and says what it does', () => {
  expect(new Set(samplers.map(({ name }) => name)).size).toBe(samplers.length);
  for (const { describe } of samplers) expect(describe).toMatch(/\w/);
});

test('auto reads the tree it is given on any platform', async () => {
  const sampler = await openSampler({ sampler: 'auto', procRoot: fixture });
  expect(sampler.name).toBe('procfs');
  sampler.close();
});

test('auto reads /proc on Linux and asks the system elsewhere', async () => {
  const sampler = await openSampler({ sampler: 'auto' });
  expect(sampler.name).toBe(process.platform === 'linux' ? 'procfs' : 'portable');
  sampler.close();
});

test('an unknown name is a mistake that lists the known ones', async () => {
  await expect(openSampler({ sampler: 'procs' })).rejects.toMatchObject({
    name: 'UserError',
    message: 'Unknown sampler "procs".',
    next: 'Use one of: auto, procfs, portable.',
  });
});

test('the portable sampler does not take a proc tree', async () => {
  await expect(openSampler({ sampler: 'portable', procRoot: fixture })).rejects.toMatchObject({ name: 'UserError' });
});

test('a folder that is not a proc tree is a mistake', async () => {
  await expect(openSampler({ sampler: 'procfs', procRoot: '/nonexistent' })).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('/nonexistent is not a procfs'),
  });
});
