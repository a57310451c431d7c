// Digits jump to a pid, as in htop: one after the other they make a number.
import { membersOf } from '../../model/rows/members.ts';
import type { Row } from '../../model/rows/row.ts';
import type { State } from '../state/state.ts';

/** Milliseconds after which a digit begins another number. */
const WINDOW = 2000;
/** No pid is longer (PID_MAX_LIMIT is 2^22 on Linux, Windows goes up to 2^32). */
const LONGEST = 10;

/** The selection on the pid that the digits make: on that very one, else on the first that begins with them. */
export function jumped(state: State, digit: string, at: number): State {
  const before = state.jump !== undefined && at - state.jump.at <= WINDOW ? state.jump.digits : '';
  const digits = (before + digit).replace(/^0+(?=.)/, '').slice(-LONGEST);
  const line = lineOfPid(state.shown, digits);
  const jump = { digits, at };
  if (line === undefined) return { ...state, jump, notice: `PID ${digits}: no such process in this table` };
  const row = state.shown[line] as Row;
  const notice = `PID ${digits}: ${row.group?.title ?? `${row.label.name} (${row.process.who.pid})`}`;
  return { ...state, jump, notice, cursor: line, anchor: 'process' };
}

function lineOfPid(shown: readonly Row[], digits: string): number | undefined {
  const has = (isIt: (pid: string) => boolean) => {
    const line = shown.findIndex((row) => membersOf(row).some(({ process }) => isIt(`${process.who.pid}`)));
    return line < 0 ? undefined : line;
  };
  const own = shown.findIndex(({ group, process }) => group === undefined && `${process.who.pid}` === digits);
  return own >= 0 ? own : (has((pid) => pid === digits) ?? has((pid) => pid.startsWith(digits)));
}
