// `memtop doctor`: what this machine, user and terminal let memtop see, and what to do about the rest.
import { findDebuggers, type OpenDebugger } from '../../acting/inspector/debuggers.ts';
import { placeHere } from '../../acting/inspector/place.ts';
import { Traces } from '../../acting/inspector/traces.ts';
import { Processes } from '../../agent/client/finding/processes.ts';
import type { Context } from '../../cli/context.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import type { Request } from '../../cli/request.ts';
import type { Appearance } from '../../model/appearance/appearance.ts';
import { themeOf } from '../../screen/theme/theme.ts';
import type { Role } from '../../screen/theme/themes.ts';
import type { CheckState } from './checks/check.ts';
import { CHECKS } from './checks/checks.ts';
import { type Machine, thisMachine } from './checks/machine.ts';
import { settingsState } from './checks/settings-state.ts';
import { type Checked, formatReport, formatReportJson, isBroken, type Tint } from './report.ts';

/** Prints what the checks find. Settles with 1 when memtop cannot do its main job here, else with 0. */
export async function doctor({ settings }: Request, context: Context, flags: ParsedWords['flags']): Promise<number> {
  const debuggers = await openDebuggers(context, settings.procRoot);
  const machine = thisMachine(context, await settingsState(context.environment), debuggers, settings.procRoot);
  const checked = examine(machine);
  const report =
    flags.json === true
      ? formatReportJson(checked)
      : formatReport(checked, context.terminalWidth(), tintFor(settings, context.outputIsTerminal));
  await context.print(report);
  return isBroken(checked) ? 1 : 0;
}

/** Those of this machine; only a request distinguishes them from other sockets. */
async function openDebuggers({ environment, platform }: Context, procRoot = '/proc'): Promise<OpenDebugger[]> {
  if (platform !== 'linux' || procRoot !== '/proc') return [];
  const processes = new Processes();
  return findDebuggers(processes, new Traces(placeHere(environment), processes).all());
}

const ROLES: Readonly<Record<CheckState, Role>> = { ok: 'good', limited: 'warn', missing: 'bad', 'not-here': 'quiet' };

/** Colours for the words of states in the theme of the settings, on a terminal that welcomes them. */
export function tintFor(settings: Appearance, isTerminal: boolean): Tint {
  const theme = themeOf({ ...settings, color: settings.color && isTerminal });
  return (state, word) => theme.paint(ROLES[state], word);
}

/** Every check with what it finds on this machine. */
export function examine(machine: Machine): Checked[] {
  return CHECKS.flatMap(({ group, checks }) => checks.map((check) => ({ group, check, finding: check.run(machine) })));
}
