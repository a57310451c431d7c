// The key H: whose memory the gauge shows.
import { titleOfLimit } from '../../model/cgroup/gauge.ts';
import type { State } from '../state/state.ts';

/** The machine's gauge for the limit's, or back; a sentence in any case. */
export function gaugeTurned(state: State): State {
  const limit = state.view?.snapshot.system.limit;
  if (limit === undefined) {
    return {
      ...state,
      isHostGauge: false,
      notice: "No cgroup limit applies to memtop: the gauge shows the machine's memory",
    };
  }
  const isHostGauge = !state.isHostGauge;
  const notice = isHostGauge
    ? `Gauge: machine; press H for the limit of ${titleOfLimit(limit)}`
    : `Gauge: limit of ${titleOfLimit(limit)}`;
  return { ...state, isHostGauge, notice };
}
