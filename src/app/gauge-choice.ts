// The key H: whose memory the gauge shows.
import { titleOfLimit } from '../model/gauge.ts';
import type { State } from './state.ts';

/** The machine's gauge for the limit's, or back; a sentence in any case. */
export function gaugeTurned(state: State): State {
  const limit = state.view?.snapshot.system.limit;
  if (limit === undefined) {
    return { ...state, isHostGauge: false, notice: "no limit is in force for memtop: this is the machine's memory" };
  }
  const isHostGauge = !state.isHostGauge;
  const notice = isHostGauge
    ? `the gauge is the machine's; H shows the limit of ${titleOfLimit(limit)} again`
    : `the gauge is the limit's, of ${titleOfLimit(limit)}`;
  return { ...state, isHostGauge, notice };
}
