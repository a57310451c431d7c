// Keys that show another moment: a state that wants it, and the effect that computes its rows.
import type { Recalled } from '../../model/recall/recall.ts';
import type { Recorded, RecordedEvent } from '../../model/recall/recorded.ts';
import type { Kill } from '../../model/snapshot/oom-kill.ts';
import { parseWhen } from '../../text/when.ts';
import type { TimeCommand } from '../state/key-command.ts';
import type { KeyCommand } from '../state/keys.ts';
import { momentOf, recordedIn } from '../state/past.ts';
import { only, type State, type Update, type View } from '../state/state.ts';

/** Where a key goes to. */
type TravelTarget = (TimeCommand & { readonly do: 'travel' })['what'];

const NOTHING = 'Nothing is recorded yet';

/** Whether a command goes back and forth in time. */
export function isOfTime(command: KeyCommand): command is TimeCommand {
  return ['travel', 'ask-time', 'timeline'].includes(command.do);
}

/** Carries out a command of that kind. */
export function travelledBy(state: State, command: TimeCommand): Update {
  if (command.do === 'travel') return travelled(state, command.what);
  if (command.do === 'timeline') return only(timelineToggled(state));
  return only({ ...state, mode: { kind: 'time', text: '', caret: 0 } });
}

/** `[` `]` `{` `}` `(` `)`: shows the sample or event before or after the one on the screen, or the first or last of all. */
function travelled(state: State, to: TravelTarget): Update {
  const found = recordedIn(state);
  const from = momentOf(state);
  if (found === undefined || from === undefined) return only({ ...state, notice: NOTHING });
  const { recorded } = found;
  if (to === 'event-before' || to === 'event-after') return travelledToEvent(state, recorded, from, to);
  const time = timeOf(recorded, recorded.sampleAt(from) ?? from, to);
  if (time !== undefined) return shownAt(state, time);
  const notice = to === 'sample-before' ? 'This is the first sample recorded' : newest(state);
  return only({ ...state, notice });
}

/** A time that was typed: `10:30` or `-15m`. */
export function travelledTo(state: State, text: string): Update {
  const found = recordedIn(state);
  if (found === undefined) return only({ ...state, notice: NOTHING });
  const { recorded, range } = found;
  const time = parseWhen(text, range.end);
  if (time === undefined) return only({ ...state, notice: `Invalid time "${text}". Examples: 10:30, 10:30:15, -15m` });
  const update = shownAt(state, recorded.sampleAt(time) ?? time);
  if (time >= range.begin) return update;
  return { ...update, state: { ...update.state, notice: 'Not recorded that far back: this is the first sample' } };
}

/** `y`: shows or hides the timeline while the screen shows now; in the past it is always there. */
function timelineToggled(state: State): State {
  if (recordedIn(state) === undefined) return { ...state, notice: NOTHING };
  const isTimelinePinned = !state.isTimelinePinned;
  return {
    ...state,
    isTimelinePinned,
    notice: isTimelinePinned ? 'Timeline shown: click on it to go there' : 'Timeline hidden while the screen shows now',
  };
}

/** The state that wants the sample at a time, and has its rows computed. A replay pauses there. */
export function shownAt(state: State, time: number): Update {
  const replay = state.replay && { ...state.replay, isPlaying: false };
  return { state: { ...state, isPaused: true, past: { time }, replay }, effects: [{ do: 'recall' }] };
}

/** The view of a recorded sample: with the kills until then, and memtop's own process, which filters leave out. */
export function viewOf({ snapshot, rows, tracker, obituaries }: Recalled, latest: View | undefined): View {
  if (latest === undefined) return { snapshot, rows, tracker, obituaries, isReplayed: true };
  const { observer, pastKills } = latest.snapshot;
  const isEarlier = ({ time }: Kill) => time <= snapshot.time;
  return {
    snapshot: {
      ...snapshot,
      ...(observer && { observer }),
      ...(pastKills && { pastKills: pastKills.filter(isEarlier) }),
    },
    rows,
    tracker,
    obituaries: latest.obituaries?.filter(({ kill }) => isEarlier(kill)) ?? obituaries,
  };
}

function travelledToEvent(state: State, recorded: Recorded, from: number, to: 'event-before' | 'event-after'): Update {
  const { events } = recorded;
  const event: RecordedEvent | undefined =
    to === 'event-before' ? events.findLast(({ time }) => time < from) : events.find(({ time }) => time > from);
  if (event === undefined)
    return only({ ...state, notice: `No event ${to === 'event-before' ? 'before' : 'after'} this` });
  const update = shownAt(state, event.time);
  return { ...update, state: { ...update.state, notice: event.text } };
}

function timeOf(recorded: Recorded, from: number, to: TravelTarget): number | undefined {
  switch (to) {
    case 'sample-before':
      return recorded.sampleBefore(from);
    case 'sample-after':
      return recorded.sampleAfter(from);
    case 'begin':
      return recorded.range?.begin;
    default:
      return recorded.range?.end;
  }
}

function newest({ past, replay }: State): string {
  if (replay !== undefined) return 'This is the last sample of the recording';
  return past === undefined ? 'This is now' : 'This is the newest sample: z goes back to now';
}
