// What the keys of the group "Act" do: one entry per key.

import type { Act } from '../state/key-command.ts';
import { only, type State, type Update } from '../state/state.ts';
import { askToAttach, askToCollect, askToWatch } from './acting.ts';
import { askToCollectAll } from './collect-all.ts';
import { askToSignal } from './signal-menu.ts';
import { tagsOfFiltered, toggledTag, untagged } from './tagging.ts';

/** Each acts, asks for confirmation first, or shows why it cannot act. */
export const ACTS: Readonly<Record<Act, (state: State) => Update>> = {
  collect: askToCollect,
  'collect-all': askToCollectAll,
  lines: askToWatch,
  attach: askToAttach,
  signal: askToSignal,
  tag: (state) => only(toggledTag(state)),
  untag: (state) => only(untagged(state)),
  'tag-shown': (state) => only(tagsOfFiltered(state)),
};
