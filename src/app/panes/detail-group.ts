// What the memory cgroup of a process uses, and which limit is in force for it.
import { cgroupName } from '../../model/cgroup/name.ts';
import { limitText, usageText } from '../../model/cgroup/note.ts';
import type { DetailPane, PaneSource } from '../state/pane.ts';
import type { Fact } from './fact-lines.ts';

/** Nothing while it is not known, or the cgroup does not account for memory. */
export function groupFacts({ row }: DetailPane, { view }: PaneSource): Fact[] {
  const path = row.process.cgroup;
  const group = path === undefined ? undefined : view?.snapshot.groups?.find((each) => each.path === path);
  if (path === undefined || group === undefined) return [];
  const usage = usageText(group);
  const { kind, title } = cgroupName(path);
  const named: Fact[] = kind === 'cgroup' ? [] : [[kind, title]];
  return [
    ...named,
    ...(usage === undefined ? [] : [['cgroup usage', usage] as const]),
    ['cgroup limit', limitText(group)],
  ];
}
