// Files of a tree that keep silent: a FIFO to which no program writes.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Process } from '../../../../src/model/snapshot/snapshot.ts';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import type { Needs } from '../../../../src/sampling/sampler/sampler.ts';
import { needing, never } from '../../needs.ts';
import { Tree } from '../tree.ts';

function setup() {
  const tree = new Tree();
  tree.add(1);
  tree.add(7, { name: 'silent' });
  const silence = (file: string) => {
    rmSync(join(tree.proc, file), { force: true });
    execFileSync('mkfifo', [join(tree.proc, file)]);
  };
  const sampler = openProcfs(tree.proc);
  onTestFinished(() => {
    sampler.close();
    tree.remove();
  });
  const sample = (needs: Partial<Needs> = {}) => sampler.sample(needing({ everyRow: true, ...needs }), never);
  return { tree, silence, sample };
}

const find = (processes: readonly Process[], pid: number) => processes.find(({ who }) => who.pid === pid);

test('a command that is not answered leaves the rest of its row and all other rows as they are', async () => {
  const { silence, sample } = setup();
  silence('7/cmdline');
  const { processes, gaps } = await sample();
  expect(find(processes, 1)).toMatchObject({ who: { command: 'steady --on' } });
  expect(find(processes, 7)).toMatchObject({ late: true, rss: 1000 * 4096, who: { name: 'silent', command: '' } });
  expect(gaps).toContainEqual({ what: 'cmdline', why: 'late', count: 1 });
});

test('the row is not late any more once the file can be read', async () => {
  const { tree, silence, sample } = setup();
  silence('7/cmdline');
  await sample();
  rmSync(join(tree.proc, '7/cmdline'));
  tree.write('7/cmdline', 'found\0');
  const { processes, gaps } = await sample();
  expect(find(processes, 7)).not.toHaveProperty('late');
  expect([find(processes, 7)?.who.command, gaps]).toEqual(['found', []]);
});

test('what a child brings is awaited as long as the consumer is patient', async () => {
  const { tree, silence, sample } = setup();
  silence('7/cmdline');
  // Opening a FIFO to write waits for its reader: the child of memtop.
  execFileSync('sh', ['-c', `(printf 'piped\\0--in\\0' > "$1") >/dev/null 2>&1 &`, 'sh', join(tree.proc, '7/cmdline')]);
  const { processes } = await sample({ timeout: 20_000 });
  expect(find(processes, 7)?.who.command).toBe('piped --in');
});

test('timeout has an end', async () => {
  const { silence, sample } = setup();
  silence('7/cmdline');
  const before = performance.now();
  const { processes } = await sample({ timeout: 50 });
  expect(find(processes, 7)?.late).toBe(true);
  // The deadline of the child is later than this.
  expect(performance.now() - before).toBeLessThan(1_900);
});

test('a status that is not answered leaves a row without its user', async () => {
  const { silence, sample } = setup();
  silence('7/status');
  const { processes, gaps } = await sample();
  expect(find(processes, 7)?.who).not.toHaveProperty('user');
  expect(gaps).toContainEqual({ what: 'status', why: 'late', count: 1 });
});

test('of a process whose stat is not answered nothing is known, and the others are', async () => {
  const { silence, sample } = setup();
  silence('7/stat');
  const { processes, gaps } = await sample();
  expect([processes.map(({ who }) => who.pid), gaps]).toEqual([[1], [{ what: 'stat', why: 'late', count: 1 }]]);
});

test('PSS and USS that are not answered are late, and do not hold up the sample', async () => {
  const { silence, sample } = setup();
  silence('7/smaps_rollup');
  const { processes } = await sample({ measures: new Set(['pss']), everyMeasure: true });
  expect(find(processes, 7)).toMatchObject({ smapsGap: 'late' });
});
