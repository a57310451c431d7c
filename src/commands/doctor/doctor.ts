// `memtop doctor`: what this machine, user and terminal let memtop see, and what to do about the rest.
import type { Context } from '../../config/context.ts';
import type { Parsed } from '../../config/flags.ts';
import type { Request } from '../../config/request.ts';
import { CHECKS } from './checks.ts';
import { type Machine, thisMachine } from './machine.ts';
import { type Checked, formatReport, formatReportJson, isBroken } from './report.ts';
import { settingsState } from './settings-state.ts';

/** Prints what the checks find. Settles with 1 when memtop cannot do its main job here, else with 0. */
export async function doctor({ settings }: Request, context: Context, flags: Parsed['flags']): Promise<number> {
  const checked = examine(thisMachine(context, await settingsState(context.environment), settings.procRoot));
  const report = flags.json === true ? formatReportJson(checked) : formatReport(checked, context.terminalWidth());
  await context.print(report);
  return isBroken(checked) ? 1 : 0;
}

/** Every check with what it finds on this machine. */
export function examine(machine: Machine): Checked[] {
  return CHECKS.flatMap(({ group, checks }) => checks.map((check) => ({ group, check, finding: check.look(machine) })));
}
