// Sending a signal, and its result.
import type { Signal } from '../../model/signals.ts';
import { type Addressee, type Delivery, isAmong } from '../state/signals.ts';
import type { State, Update } from '../state/state.ts';
import { fateNotice } from '../view/signal-text.ts';

/** Maximum number remembered as still running. */
const MOST_STUBBORN = 256;

/** The signal is on its way. */
export function sending(state: State, signal: Signal, to: readonly Addressee[]): Update {
  const [first] = to;
  const who = to.length === 1 ? `${first?.name} (${first?.pid})` : `${to.length} processes`;
  return {
    state: {
      ...state,
      mode: { kind: 'table' },
      notice: `${signal.name} goes to ${who} …`,
      signals: { ...state.signals, awaited: [...state.signals.awaited, ...to] },
    },
    effects: [{ do: 'signal', signal, to }],
  };
}

/** The result is known: shown in one line, and tags of exited processes are removed. */
export function signalled(state: State, signal: Signal, deliveries: readonly Delivery[]): State {
  const over = deliveries.map(({ to }) => to);
  const ended = deliveries.filter(({ fate: { kind } }) => kind === 'gone' || kind === 'went' || kind === 'reused');
  const staying = deliveries.filter(({ fate }) => fate.kind === 'stays' && signal.standard === 'ends');
  const { awaited, stubborn } = state.signals;
  return {
    ...state,
    tags: new Map([...state.tags].filter(([, tag]) => !ended.some(({ to }) => isAmong([to], tag)))),
    signals: {
      ...state.signals,
      awaited: awaited.filter((one) => !isAmong(over, one)),
      stubborn: [...stubborn.filter((one) => !isAmong(over, one)), ...staying.map(({ to }) => to)].slice(
        -MOST_STUBBORN,
      ),
    },
    notice: fateNotice(signal, deliveries),
  };
}
