import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PressureReader } from '../../../../src/sampling/linux/cgroup/pressure.ts';
import { FileReader, type Why } from '../../../../src/sampling/linux/reading/file-reader.ts';

const TEXT = 'some avg10=1.00 avg60=2.00 avg300=0.00 total=3\nfull avg10=0.50 avg60=0.25 avg300=0.00 total=1\n';
const PRESSURE = { some10: 1, some60: 2, full10: 0.5, full60: 0.25 };

function file(): string {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-pressure-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'memory');
}

test('a descriptor that is given back is not kept again, and the pressure is still read', () => {
  const path = file();
  writeFileSync(path, TEXT);
  const pressure = new PressureReader(path, new FileReader());
  expect(pressure.read()).toEqual(PRESSURE);
  expect(pressure.surrender()).toBe(true);
  expect(pressure.read()).toEqual(PRESSURE);
  expect(pressure.surrender()).toBe(false);
});

test('a kernel without pressure is not asked again, one that had no descriptor left is', () => {
  const path = file();
  const absent = new PressureReader(path, new FileReader());
  expect(absent.read()).toBe('gone');
  writeFileSync(path, TEXT);
  expect(absent.read()).toBe('gone');
  const answers: Why[] = ['too-many-files'];
  const reader = new FileReader();
  const open = reader.open.bind(reader);
  reader.open = (requested) => answers.pop() ?? open(requested);
  const later = new PressureReader(path, reader);
  onTestFinished(() => later.close());
  expect([later.read(), later.read()]).toEqual(['too-many-files', PRESSURE]);
});
