// What --survive does to memtop itself.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { protectFromOom, Reserve } from '../../src/cli/survival.ts';

const MEBIBYTE = 2 ** 20;
const left = (available: number) => ({ system: { total: 2048 * MEBIBYTE, available } });

it('the OOM killer takes memtop late, but is never forbidden to kill it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-survival-'));
  try {
    const path = join(folder, 'oom_score_adj');
    writeFileSync(path, '0\n');
    expect(protectFromOom('linux', path)).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('-900');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('a refusal is a sentence, not an error', () => {
  expect(protectFromOom('linux', '/nowhere/oom_score_adj')).toMatch(/needs root/);
  expect(protectFromOom('darwin')).toMatch(/only Linux/);
});

it('the reserve is given back while memory is short, and taken again when there is plenty', () => {
  const reserve = new Reserve();
  const held = (available: number) => {
    reserve.adapt(left(available));
    return reserve.held;
  };
  expect([300, 60, 39, 60, 300].map((space) => held(space * MEBIBYTE) / MEBIBYTE)).toEqual([4, 4, 0, 0, 4]);
});

it('what counts is the nearer of the machine and the limit', () => {
  const reserve = new Reserve();
  const limit = { path: '/a', limit: 100 * MEBIBYTE, charged: 80 * MEBIBYTE };
  reserve.adapt({ system: { ...left(1000 * MEBIBYTE).system, limit } });
  expect(reserve.held).toBe(0);
});
