// memtop lasts for days: thousands of ticks and forced collections, and everything a person does, for minutes on end.
import { afterEach, expect, it } from 'vitest';
import { amount } from '../helpers/long.ts';
import { Soak } from '../pty/soak.ts';
import { expectNothingLeft } from '../pty/soak-bounds.ts';

/** Milliseconds. */
const LASTS = amount(10, 2) * 60_000;

let soak: Soak | undefined;
afterEach(() => soak?.end());

it('days of keys, agents, resizes and collections leave nothing behind, and the screen equals a repaint', async () => {
  soak = new Soak('100ms');
  await soak.terminal.waitFor(/COMMAND/);
  for (let round = 0; round < 3; round += 1) await soak.round();
  const before = await soak.held();
  for (const end = performance.now() + LASTS; performance.now() < end; ) await soak.round();
  expectNothingLeft(before, await soak.held());
  const screens = await soak.screens();
  expect(screens.before).toEqual(screens.after);
  expect(soak.output()).toBe('');
}, 3_600_000);
