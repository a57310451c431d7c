import { expect, test } from 'vitest';
import { BootClock } from '../../../../src/sampling/linux/machine/boot-clock.ts';
import { FileReader } from '../../../../src/sampling/linux/reading/file-reader.ts';
import { openProcRoot } from '../../../../src/sampling/linux/reading/proc-root.ts';

const onLinux = test.runIf(process.platform === 'linux');
const HOUR = 3_600_000;

onLinux('memtop itself is as old as it is, by the uptime and by its own start time', () => {
  const reader = new FileReader();
  const root = openProcRoot('/proc');
  const { uptime } = new BootClock(root, reader).at(Date.now(), performance.now());
  const stat = reader.text('/proc/self/stat');
  const fields = 'text' in stat ? stat.text.slice(stat.text.lastIndexOf(')') + 2).split(' ') : [];
  const startedAfter = (Number(fields[19]) * 1000) / root.units.ticksPerSecond;
  expect(Math.abs((uptime ?? 0) - startedAfter - process.uptime() * 1000)).toBeLessThan(2000);
});

onLinux('a clock that is set moves the time of boot, and changes no age', () => {
  const clock = new BootClock(openProcRoot('/proc'), new FileReader());
  const [time, monotonic] = [Date.now(), performance.now()];
  const before = clock.at(time, monotonic);
  const after = clock.at(time + 5 * HOUR, monotonic);
  expect(Math.abs((after.uptime ?? 0) - (before.uptime ?? 0))).toBeLessThan(2000);
  expect(Math.abs((after.bootedAt ?? 0) - (before.bootedAt ?? 0) - 5 * HOUR)).toBeLessThan(3000);
});

onLinux('while no clock moves the time of boot is the same, and the uptime goes on', () => {
  const clock = new BootClock(openProcRoot('/proc'), new FileReader());
  const before = clock.at(1_800_000_000_000, 1000);
  const after = clock.at(1_800_000_060_000, 61_000);
  expect(after.bootedAt).toBe(before.bootedAt);
  expect((after.uptime ?? 0) - (before.uptime ?? 0)).toBe(60_000);
});
