// The key H: whose memory the gauge shows.
import { titleOfLimit } from '../../model/cgroup/gauge.ts';
import type { State } from '../state/state.ts';

/** Switches between the gauge of the machine and that of the limit; always with a notice. */
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
