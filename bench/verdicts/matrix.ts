// Counts how often verdicts on programs with a known cause were right, and the same in all runs.
import { type Known, nameOf } from '../../test/fixtures/programs/known/known.ts';
import type { Runtime } from './runtimes.ts';

/** The verdicts on one program on one runtime, run by run. */
export interface Judged {
  readonly runtime: Runtime;
  readonly program: Known;
  readonly verdicts: readonly string[];
  /** The load of the machine (loadavg(5), one minute) at the end of each run. */
  readonly loads: readonly number[];
}

/** Whether a careful expert accepts the verdict. */
export function isAccepted({ program, runtime }: Pick<Judged, 'program' | 'runtime'>, verdict: string): boolean {
  const { accepted, untrimmed = [] } = program;
  return accepted.includes(verdict) || (!runtime.trims && untrimmed.includes(verdict));
}

export interface Score {
  readonly programs: number;
  readonly runs: number;
  readonly accepted: number;
  /** Programs with the same verdict in all runs. */
  readonly same: number;
}

export function scoreOf(judged: readonly Judged[]): Score {
  return {
    programs: judged.length,
    runs: judged.reduce((sum, { verdicts }) => sum + verdicts.length, 0),
    accepted: judged.reduce((sum, one) => sum + one.verdicts.filter((verdict) => isAccepted(one, verdict)).length, 0),
    same: judged.filter(({ verdicts }) => new Set(verdicts).size === 1).length,
  };
}

/** A line for each runtime: all programs, those that no rule was tuned on, how many had the same verdict in all runs, and the load. */
export function runtimeTable(judged: readonly Judged[]): string {
  const isAnyAside = judged.some(({ program }) => program.aside === true);
  const rows = [...new Set(judged.map(({ runtime }) => runtime))].map((runtime) => {
    const own = judged.filter((one) => one.runtime === runtime);
    const all = scoreOf(own);
    const aside = scoreOf(own.filter(({ program }) => program.aside === true));
    return [
      runtime.name,
      String(all.programs),
      `${all.accepted} of ${all.runs} (${percent(all.accepted, all.runs)})`,
      ...(isAnyAside ? [`${aside.accepted} of ${aside.runs} (${percent(aside.accepted, aside.runs)})`] : []),
      `${all.same} of ${all.programs} (${percent(all.same, all.programs)})`,
      loadOf(own),
    ];
  });
  const titles = [
    'runtime',
    'programs',
    'accepted',
    ...(isAnyAside ? ['of those set aside'] : []),
    'the same in all runs',
    'load',
  ];
  return table(titles, rows);
}

/** `1.8 to 8.1`: the lowest and the highest during all runs. */
function loadOf(judged: readonly Judged[]): string {
  const loads = judged.flatMap((one) => one.loads);
  return loads.length === 0 ? '' : `${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`;
}

/** A line for each program: the true cause, and the verdicts on each runtime (one where all runs agree). */
export function programTable(judged: readonly Judged[]): string {
  const programs = [...new Set(judged.map(({ program }) => program))];
  const runtimes = [...new Set(judged.map(({ runtime }) => runtime))];
  const rows = programs.map((program) => [
    `\`${nameOf(program)}\`${program.aside === true ? ' (set aside)' : ''}`,
    program.accepted.join(', '),
    program.why,
    ...runtimes.map((runtime) => verdictText(judged.find((one) => one.program === program && one.runtime === runtime))),
  ]);
  return table(['program', 'accepted', 'because', ...runtimes.map(({ name }) => name)], rows);
}

function verdictText(one: Judged | undefined): string {
  if (one === undefined) return '';
  const marked = one.verdicts.map((verdict) => (isAccepted(one, verdict) ? verdict : `**${verdict}**`));
  return [...new Set(marked)].join(', ');
}

/** A Markdown table. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '0%' : `${((part / whole) * 100).toFixed(1)}%`;
}
