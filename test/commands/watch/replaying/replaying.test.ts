import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replayOnScreen } from '../../../../src/commands/watch/replaying/replaying.ts';
import { perform } from '../../../../src/main.ts';
import { Recorder } from '../../../../src/recording/recorder.ts';
import { fakeContext } from '../../../helpers/fake-context.ts';
import { SETTINGS } from '../../../helpers/states.ts';
import { movingSnapshots } from '../../../recording/moving-snapshots.ts';

let folder = '';
let path = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-replaying-'));
  path = join(folder, 'a.rec');
  const recorder = new Recorder(path, {});
  for (const snapshot of movingSnapshots(10)) await recorder.add(snapshot);
  await recorder.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  [{ speed: 'fast' }, 'Invalid speed'],
  [{ speed: '0x' }, 'Invalid speed'],
  [{ at: 'noon' }, 'Invalid time'],
])('Refuses %j before the screen is taken over', async (flags, sentence) => {
  await expect(replayOnScreen(SETTINGS, fakeContext(), flags, path)).rejects.toThrow(sentence);
});

it('Refuses a file that does not exist', async () => {
  await expect(replayOnScreen(SETTINGS, fakeContext(), {}, `${path}.missing`)).rejects.toThrow('does not exist');
});

it('Without a keyboard, a terminal gets a sentence, and a pipe the last sample', async () => {
  const onTerminal = fakeContext({ outputIsTerminal: true, inputIsTerminal: false });
  await expect(perform(['replay', path], onTerminal)).rejects.toThrow('stdin is not a terminal.');
  const piped = fakeContext();
  expect(await perform(['replay', path], piped)).toBe(0);
  expect(piped.printed.join('')).toMatch(/20 ubuntu +109M/);
});
