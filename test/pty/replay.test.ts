// A recording played in a real terminal.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Recorder } from '../../src/recording/recorder.ts';
import type { Terminal } from '../helpers/pty.ts';
import { movingSnapshots } from '../recording/moving-snapshots.ts';
import { startIn } from './memtop.ts';

let folder = '';
let path = '';
let terminal: Terminal | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-replay-pty-'));
  path = join(folder, 'a.rec');
  const recorder = new Recorder(path, {});
  for (const snapshot of movingSnapshots(600)) await recorder.add(snapshot);
  await recorder.close();
});
afterEach(async () => {
  await terminal?.close();
  rmSync(folder, { recursive: true });
});

const text = (shown: Terminal) => shown.screen().join('\n');

it('Plays a recording, pauses, changes the speed, goes to a time and ends with 0', async () => {
  const replay = startIn({ columns: 80, rows: 24, words: ['replay', path] });
  terminal = replay;
  await replay.waitFor(/14:00:0[1-9] playing 1x/, 'a later sample than the first');
  replay.write('xx');
  await replay.waitFor(/14:00:[1-5]\d playing 10x/, 'ten seconds of it');
  replay.write('z');
  await replay.waitFor(/14:0\d:\d\d paused/);
  replay.write('J14:05\r');
  await replay.waitFor(
    (shown) => /14:05:00 paused/.test(text(shown)) && /20 ubuntu +400M/.test(text(shown)),
    'that time',
  );
  replay.write(']');
  await replay.waitFor(
    (shown) => /14:05:01 paused/.test(text(shown)) && /20 ubuntu +401M/.test(text(shown)),
    'the next one',
  );
  replay.write('q');
  expect(await replay.exited).toMatchObject({ code: 0 });
});

it('Begins at a time, paused, and says after the end of the screen what is damaged', async () => {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(500) ^ 4, 500);
  writeFileSync(path, bytes);
  const replay = startIn({ columns: 80, rows: 24, words: ['replay', path, '--at', '-10s'] });
  terminal = replay;
  await replay.waitFor(/14:09:49 paused/, 'that moment');
  replay.write('q');
  expect(await replay.exited).toMatchObject({ code: 1 });
  expect(replay.output()).toContain('1 damaged part is left out (before 2026-11-22 14:05:00).');
});
