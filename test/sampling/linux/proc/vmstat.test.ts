import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseVmstat, Vmstat } from '../../../../src/sampling/linux/proc/vmstat.ts';

test('the counters of /proc/vmstat are found by their whole names', () => {
  const text = 'nr_free_pages 1\npgpgin 5\npswpin 7\npswpout 9\nzswpin 3\noom_kill 2\nlast 1\n';
  expect(parseVmstat(text)).toEqual({ oomKills: 2, swappedIn: 7, swappedOut: 9 });
});

test('a counter that is cut off, too long or not a number is absent', () => {
  expect(parseVmstat('a 1\npswpin 12')).toEqual({});
  expect(parseVmstat('a 1\npswpin -3\npswpout x\noom_kill 12345678901234567890\n')).toEqual({});
});

test('the counters are read again from one descriptor, wherever their lines are and however the file changes', () => {
  const root = mkdtempSync(join(tmpdir(), 'memtop-vmstat-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const missing = new Vmstat(root);
  expect(missing.read()).toEqual({});
  const vmstat = new Vmstat(root);
  onTestFinished(() => vmstat.close());
  writeFileSync(join(root, 'vmstat'), 'a 1\npswpin 4\npswpout 5\noom_kill 12\nb 2\n');
  expect(vmstat.read()).toEqual({ oomKills: 12, swappedIn: 4, swappedOut: 5 });
  writeFileSync(join(root, 'vmstat'), `${'a 1\n'.repeat(100)}oom_kill 13\nb 2\n`);
  expect(vmstat.read()).toEqual({ oomKills: 13 });
  expect(vmstat.counters).toEqual({ oomKills: 13 });
  writeFileSync(join(root, 'vmstat'), 'a 1\noom_kill 1');
  expect(vmstat.read()).toEqual({});
});

test('a descriptor that is given back is not kept again, and the counters are still read', () => {
  const root = mkdtempSync(join(tmpdir(), 'memtop-vmstat-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'vmstat'), 'a 1\noom_kill 12\n');
  const vmstat = new Vmstat(root);
  expect(vmstat.surrender()).toBe(false);
  const keeping = new Vmstat(root);
  expect(keeping.read()).toEqual({ oomKills: 12 });
  expect(keeping.surrender()).toBe(true);
  expect(keeping.read()).toEqual({ oomKills: 12 });
  expect(keeping.surrender()).toBe(false);
});
