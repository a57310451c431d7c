import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { savedOf } from '../../../src/app/view/saved.ts';
import { Saving } from '../../../src/commands/watch/saving.ts';
import { fakeContext } from '../../helpers/fake-context.ts';
import { press, watched } from '../../helpers/states.ts';

const folder = mkdtempSync(join(tmpdir(), 'memtop-test-'));
let isGone = false;

vi.mock('../../../src/settings/file/save.ts', async (load) => {
  const real = await load<typeof import('../../../src/settings/file/save.ts')>();
  const saveSettings: typeof real.saveSettings = (...given) => {
    if (isGone) throw new Error('settings-save.cjs is missing.');
    return real.saveSettings(...given);
  };
  return { saveSettings };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a failed save does not make the next one fail', async () => {
  const path = join(folder, 'config.toml');
  const saving = new Saving({ path, text: undefined });
  const { state } = press(watched(), 't');
  isGone = true;
  await expect(saving.save(savedOf(state), fakeContext())).rejects.toThrow('missing');
  isGone = false;
  expect(await saving.save(savedOf(state), fakeContext())).toContain('saved to');
  expect(readFileSync(path, 'utf8')).toContain('tree = true');
});
