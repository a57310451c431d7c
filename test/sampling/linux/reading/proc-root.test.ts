import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../../../src/errors/user-error.ts';
import { openProcRoot } from '../../../../src/sampling/linux/reading/proc-root.ts';
import { Tree } from '../tree.ts';

function tree(): Tree {
  const made = new Tree();
  onTestFinished(() => made.remove());
  return made;
}

test('a folder that is not a proc tree is a mistake with a next step', () => {
  const { above } = tree();
  for (const folder of [above, join(above, 'missing')]) {
    expect(() => openProcRoot(folder)).toThrow(
      expect.objectContaining({
        message: `${folder} is not a procfs: it has no processes and no meminfo.`,
        next: expect.stringContaining('--proc-root'),
      }),
    );
  }
});

test('folders by the names of the files do not make a proc tree', () => {
  const { proc } = tree();
  for (const file of ['meminfo', 'stat']) {
    rmSync(join(proc, file));
    mkdirSync(join(proc, file));
  }
  expect(() => openProcRoot(proc)).toThrow(UserError);
});

test('plain files are not taken for a kernel, even with a self among them', () => {
  const { proc } = tree();
  writeFileSync(join(proc, 'self'), '');
  expect(openProcRoot(proc)).toMatchObject({ live: false, countsItsPids: false });
});

test.runIf(process.platform === 'linux')('the machine itself is live, knows us, and counts its own pids', () => {
  expect(openProcRoot('/proc')).toMatchObject({ path: '/proc', above: '/', live: true, ownPid: process.pid });
  expect(openProcRoot('/proc/').units.pageSize % 4096).toBe(0);
});
