import { expect, it, onTestFinished } from 'vitest';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import { EVERY_ROW } from '../../../../src/sampling/sampler/sampler.ts';

it.runIf(process.platform === 'linux')(
  'a sample of the machine only reads no process, and the next one has all of them',
  async () => {
    const sampler = openProcfs();
    onTestFinished(() => sampler.close());
    const { signal } = new AbortController();
    const light = await sampler.sample({ ...EVERY_ROW, machineOnly: true }, signal);
    expect(light.processes).toEqual([]);
    expect(light.system.available).toBeGreaterThan(0);
    const whole = await sampler.sample(EVERY_ROW, signal);
    expect(whole.processes.map(({ who }) => who.pid)).toContain(process.pid);
  },
);
