// Keys and ticks of a replay: a recording that is played on the screen.
import { recordedIn } from '../state/past.ts';
import { SPEEDS } from '../state/replay.ts';
import { only, type State, type Update } from '../state/state.ts';
import { shownAt } from './travel.ts';

/** `z` in a replay: plays or pauses; at the end it plays from the start again. */
export function playToggled(state: State): Update {
  const { replay, past } = state;
  if (replay === undefined) return only(state);
  const toggled = { ...state, replay: { ...replay, isPlaying: !replay.isPlaying } };
  const range = recordedIn(state)?.range;
  const isAtEnd = !replay.isPlaying && range !== undefined && (past?.time ?? range.begin) >= range.end;
  return isAtEnd ? playingAt(toggled, range.begin) : only(toggled);
}

/** `x`: the next speed. */
export function speedTurned(state: State): State {
  const { replay } = state;
  if (replay === undefined) return { ...state, notice: 'x changes the speed of memtop replay' };
  const speed = SPEEDS.find((each) => each > replay.speed) ?? SPEEDS[0];
  return { ...state, replay: { ...replay, speed }, notice: `Speed ${speed}x` };
}

/** Time has passed while it plays: the sample at a time; undefined when the recording is over. */
export function playedTo(state: State, time: number | undefined): Update {
  const { replay } = state;
  if (replay === undefined || !replay.isPlaying) return only(state);
  // What was said about another sample, or about a key, is over.
  if (time !== undefined) return playingAt({ ...state, notice: undefined }, time);
  return only({ ...state, replay: { ...replay, isPlaying: false }, notice: 'End of the recording: z plays it again' });
}

/** Unlike after a key that goes to another moment, it goes on playing. */
function playingAt(state: State, time: number): Update {
  const { state: shown, effects } = shownAt(state, time);
  return { state: { ...shown, replay: state.replay }, effects };
}
