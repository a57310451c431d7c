// What could not be read, as text: `pss: permission denied for 12 processes`.
import { counted } from '../../text/plural.ts';
import type { Gap } from './gap.ts';

/** Facts of the whole machine; every other gap counts processes. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set([
  'boot time',
  'kernel log',
  'meminfo',
  'memory',
  'memory cgroup',
  'pressure',
  'process list',
  'ps-list',
]);

const WHY: Readonly<Record<Gap['why'], string>> = {
  denied: 'permission denied',
  gone: 'not there',
  unsupported: 'not supported by this system',
  malformed: 'malformed',
  late: 'no answer yet',
  'too-many-files': 'too many open files',
  failed: 'read error',
};

/** One line for each gap, in the order of the snapshot. */
export function gapSentences(gaps: readonly Gap[]): string[] {
  return gaps.map(gapSentence);
}

function gapSentence({ what, why, count }: Gap): string {
  if (what === 'process list' && why === 'denied')
    return 'process list: permission denied, processes of other users are hidden';
  if (OF_THE_MACHINE.has(what)) return `${what}: ${WHY[why]}`;
  const processes = counted(count, 'process', 'processes');
  return why === 'gone'
    ? `${what}: not read for ${processes} that exited meanwhile`
    : `${what}: ${WHY[why]} for ${processes}`;
}
