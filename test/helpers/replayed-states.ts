// States of a replay, whose effects of going to another moment are carried out.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Action } from '../../src/app/actions/action.ts';
import { initialState, type State } from '../../src/app/state/state.ts';
import { Recall } from '../../src/model/recall/recall.ts';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { Playback } from '../../src/recording/playback.ts';
import { RecordedFile } from '../../src/recording/recorded-file.ts';
import { Recorder } from '../../src/recording/recorder.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { act, SETTINGS } from './states.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** What is recorded of snapshots in a file, all of it indexed. */
export async function recordedFileOf(snapshots: readonly Snapshot[]): Promise<RecordedFile> {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-replayed-'));
  const path = join(folder, 'a.rec');
  const recorder = new Recorder(path, {});
  for (const snapshot of snapshots) await recorder.add(snapshot);
  await recorder.close();
  const recorded = new RecordedFile(new Playback(path));
  recorded.index(Number.POSITIVE_INFINITY);
  // What is shown later is read again.
  folders.push(folder);
  return recorded;
}

/** A replay of a recording. */
export class Replayed {
  state: State;
  readonly #recall: Recall;

  constructor(recorded: RecordedFile, settings: Partial<Settings> = {}, size = { columns: 80, rows: 24 }) {
    this.#recall = new Recall(recorded);
    const time = recorded.range?.begin ?? 0;
    this.state = {
      ...initialState({ ...SETTINGS, ...settings, readonly: true }, size),
      ...{ recorded, isPaused: true, past: { time }, replay: { isPlaying: true, speed: 1 } },
    };
    this.#show();
  }

  press(...keys: string[]): this {
    for (const key of keys) this.act({ type: 'key', key });
    return this;
  }

  act(action: Action): this {
    const { state, effects } = act(this.state, action);
    this.state = state;
    if (effects.some((effect) => effect.do === 'recall')) this.#show();
    return this;
  }

  #show(): void {
    const recalled = this.#recall.at(this.state.past?.time ?? 0);
    if (recalled !== undefined) this.state = act(this.state, { type: 'recalled', recalled }).state;
  }
}
