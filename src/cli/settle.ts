// Flags and environment settled into one request, complete, with nothing left to look up.

import { UserError } from '../errors/user-error.ts';
import { THEMES } from '../model/appearance/appearance.ts';
import { joinQueries, joinWords } from '../model/query/join.ts';
import { GROUPINGS } from '../model/rows/row.ts';
import {
  backgroundOf,
  colorDepthOf,
  drawsBlocks,
  type Environment,
  showsUtf8,
  sparesMouse,
  welcomesColor,
} from '../settings/environment.ts';
import type { Settings, SettingsFile } from '../settings/settings.ts';
import { DEFAULTS, type FileSettings } from '../settings/table.ts';
import { readChoice, readColumns, readInterval, readSort } from '../settings/values.ts';
import { nearest } from '../text/did-you-mean.ts';
import { SHORTEST_INTERVAL } from '../text/duration.ts';
import { formatInterval } from '../text/format.ts';
import { GRAPHS } from '../text/sparkline.ts';
import type { FlagName, ParsedWords } from './flags.ts';
import { OUTPUTS, type Request } from './request.ts';
import { readCount, readPids, readSpan } from './values.ts';

/** What settling needs to know besides the command line. */
export interface Surroundings {
  readonly environment: Environment;
  /** As in process.platform. */
  readonly platform: string;
  /** Names of the samplers there are. */
  readonly samplers: readonly string[];
  /** Names of the commands there are. */
  readonly commands: readonly string[];
  /** The settings file and its content. */
  readonly file?: SettingsFile | undefined;
  readonly stated?: Partial<FileSettings>;
}

/** The settings where neither a flag nor a file sets them. */
export function usualIn({ environment, platform }: Pick<Surroundings, 'environment' | 'platform'>): FileSettings {
  return {
    ...DEFAULTS,
    ascii: !showsUtf8(environment, platform),
    color: welcomesColor(environment),
    graph: drawsBlocks(environment) ? DEFAULTS.graph : 'ascii',
    mouse: sparesMouse(environment),
  };
}

/**
 * One request from one command line: flags beat the environment, which beats the file.
 *
 * @throws UserError for the first value that is not valid
 */
export function settle({ flags, words }: ParsedWords, surroundings: Surroundings): Request {
  const text = (name: FlagName) => flags[name] as string | undefined;
  const given = <Value>(name: FlagName, read: (text: string) => Value): Value | undefined => {
    const value = text(name);
    return value === undefined ? undefined : read(value);
  };
  const { samplers, stated = {} } = surroundings;
  const usual = usualIn(surroundings);
  const base = { ...usual, ...stated };
  const filter = joinQueries([text('filter') ?? '', joinWords(words)]);
  const span = given('for', readSpan);
  const settings: Settings = {
    ...base,
    interval: beatOf(given('interval', readInterval), base.interval, span),
    sort: given('sort', readSort) ?? base.sort,
    isSortChosen: flags.sort !== undefined || base.sort.column !== usual.sort.column,
    columns: given('columns', readColumns) ?? base.columns,
    filter: filter === '' ? base.filter : filter,
    pids: given('pids', readPids),
    ...arrangementOf(
      flags.tree === true,
      given('group', (by) => readChoice('grouping', by, GROUPINGS)),
      base,
    ),
    sampler: given('sampler', (name) => readChoice('sampler', name, samplers)) ?? 'auto',
    survive: flags.survive === true,
    procRoot: text('procRoot'),
    ascii: flags.ascii === true || usual.ascii || base.ascii,
    color: flags.color !== false && usual.color && base.color,
    colorDepth: colorDepthOf(surroundings.environment, surroundings.platform),
    background: backgroundOf(surroundings.environment) ?? 'dark',
    theme: given('theme', (name) => readChoice('theme', name, THEMES)) ?? base.theme,
    graph: given('graph', (name) => readChoice('graph', name, GRAPHS)) ?? base.graph,
    mouse: flags.mouse !== false && base.mouse,
    readonly: flags.readonly === true || base.readonly,
    file: surroundings.file,
  };
  return {
    settings,
    output: given('output', (form) => readChoice('output', form, OUTPUTS)),
    count: countOf(flags.once === true, given('count', readCount), span),
    span,
    paced: flags.interval !== undefined,
    nearCommand: flags.filter === undefined ? nearCommand(words[0], surroundings) : undefined,
  };
}

/** The command that the first word may be a misspelling of. */
function nearCommand(word: string | undefined, { commands }: Surroundings): string | undefined {
  return word === undefined ? undefined : nearest(word, [...commands, 'help']);
}

type ArrangementSettings = Pick<Settings, 'tree' | 'group'>;

/** -t and -g override the settings file for both. */
function arrangementOf(tree: boolean, group: Settings['group'], base: ArrangementSettings): ArrangementSettings {
  if (tree && group !== undefined) throw new UserError('-t and -g cannot be used together.', 'Leave out one of them.');
  return tree || group !== undefined ? { tree, group } : { tree: base.tree, group: base.group };
}

/**
 * The interval. With `--for` it is short enough for ten samples, where none is asked for.
 *
 * @throws UserError for one that is longer than the time to sample
 */
function beatOf(chosen: number | undefined, usual: number, span: number | undefined): number {
  if (span === undefined) return chosen ?? usual;
  if (chosen === undefined) return Math.min(usual, Math.max(SHORTEST_INTERVAL, Math.floor(span / 10)));
  if (chosen <= span) return chosen;
  throw new UserError(
    `The interval of ${formatInterval(chosen)} is longer than --for ${formatInterval(span)}.`,
    'Use a longer --for or a shorter -d.',
  );
}

function countOf(once: boolean, count: number | undefined, span: number | undefined): number | undefined {
  if (count !== undefined && span !== undefined)
    throw new UserError('-n and --for cannot be used together: --for prints once.', 'Leave out one of them.');
  if (span !== undefined) return 1;
  if (!once) return count;
  if (count !== undefined && count !== 1)
    throw new UserError('--once prints one sample, but -n asks for more.', 'Leave out one of them.');
  return 1;
}
