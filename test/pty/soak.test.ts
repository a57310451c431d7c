// memtop lasts: hours compressed into less than a minute leave nothing behind, and the screen is what it should be.
import { afterEach, expect, it } from 'vitest';
import { Soak } from './soak.ts';
import { expectNothingLeft } from './soak-bounds.ts';

let soak: Soak | undefined;
afterEach(() => soak?.end());

it('hours of keys, agents, resizes and collections leave nothing behind, and the screen equals a repaint', async () => {
  soak = new Soak('100ms');
  await soak.terminal.waitFor(/COMMAND/);
  await soak.round();
  const before = await soak.held();
  for (let round = 0; round < 2; round += 1) await soak.round();
  expectNothingLeft(before, await soak.held());
  const screens = await soak.screens();
  expect(screens.before).toEqual(screens.after);
  expect(soak.output()).toBe('');
  soak.terminal.write('q');
  expect(await soak.terminal.exited).toEqual({ code: 0, signal: undefined });
}, 120_000);
