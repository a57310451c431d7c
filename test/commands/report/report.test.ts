import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { perform } from '../../../src/main.ts';
import { Recorder } from '../../../src/recording/recorder.ts';
import { fakeContext } from '../../helpers/fake-context.ts';
import { movingSnapshots } from '../../recording/moving-snapshots.ts';

let folder = '';
let path = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-report-'));
  path = join(folder, 'a.rec');
  const recorder = new Recorder(path, {});
  for (const snapshot of movingSnapshots(120)) await recorder.add(snapshot);
  await recorder.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function reported(...words: readonly string[]) {
  const context = fakeContext();
  const exitCode = await perform(['report', path, ...words], context);
  return { exitCode, text: context.printed.join('') };
}

it('Prints the span, the lowest memory, kills and the largest processes', async () => {
  const { exitCode, text } = await reported();
  expect(exitCode).toBe(0);
  expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
    'web-1, 2026-11-22 14:00:00 to 2026-11-22 14:01:59 (119s, 120 samples)',
    '',
    'Memory: 2.00G, lowest available 281M (14%) at 2026-11-22 14:00:00',
    'Used    ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇',
    'OOM kills: none',
    '',
    expect.stringMatching(/^PID NAME +PEAK +AT +LAST +Δ\/MIN PATTERN +TREND +USER +COMMAND$/),
    expect.stringMatching(/^ 20 growing +219M 14:01:59 +219M \+60\.0M growing +▁▁.*▇▇ ubuntu process20 --run$/),
    expect.stringMatching(/^ 30 resting +40\.0M 14:00:00 40\.0M +· +steady/),
    ...Array.from({ length: 12 }, () => expect.stringMatching(/^ 40 passing\d+ +10\.0M 14:0\d:\d3 +ended/)),
    '',
  ]);
});

it.each([80, 40])('In %i columns each process has its name, and at 80 its whole trend', async (width) => {
  const context = fakeContext({ terminalWidth: () => width });
  await perform(['report', path, 'growing'], context);
  const line =
    context.printed
      .join('')
      .split('\n')
      .find((each) => each.includes('growing')) ?? '';
  expect(line).toMatch(/^ 20 growing +219M/);
  if (width === 80) expect(line).toMatch(/▁.*▇ ubuntu/);
});

it('Writes a picture, and replaces one that is there', async () => {
  const picture = join(folder, 'a.svg');
  await reported('-o', picture);
  const { exitCode, text } = await reported('-o', picture, 'growing');
  expect([exitCode, text]).toEqual([0, '']);
  const svg = readFileSync(picture, 'utf8');
  expect(svg).toMatch(/^<svg /);
  expect(svg).not.toContain('resting');
});

it('Writes a page that only its owner can read, and replaces one that is there', async () => {
  const page = join(folder, 'a.html');
  await reported('-o', page);
  const { exitCode, text } = await reported('-o', page, 'growing');
  expect([exitCode, text]).toEqual([0, '']);
  const html = readFileSync(page, 'utf8');
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).toContain('"name":"growing"');
  expect(html).not.toContain('"name":"resting"');
  expect(statSync(page).mode & 0o777).toBe(0o600);
});

it('Refuses a kind of picture that it cannot draw, and a folder that does not exist', async () => {
  await expect(reported('-o', join(folder, 'a.png'))).rejects.toThrow('Unknown kind of report');
  expect(existsSync(join(folder, 'a.png'))).toBe(false);
  await expect(reported('-o', join(folder, 'missing/a.svg'))).rejects.toThrow('no such folder');
});
