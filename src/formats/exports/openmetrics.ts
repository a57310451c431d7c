// A recording as OpenMetrics text with timestamps, for `promtool tsdb create-blocks-from openmetrics`.
import type { Kill } from '../../model/snapshot/oom-kill.ts';
import type { Identity } from '../../model/snapshot/snapshot.ts';
import { existing } from '../../numbers/existing.ts';
import { escapeUnprintable } from '../../text/clean.ts';
import type { Report } from '../printout.ts';
import { isoTime } from '../time.ts';
import { ExportedSeries } from './exported-series.ts';
import { machineNumbers, type NumberColumn } from './metrics.ts';
import { inBaseUnits, type NumberKind, UNITS } from './units.ts';

/** Metrics of one name. */
interface Family {
  readonly unit: string;
  readonly meaning: string;
  /** By their labels, as the format has them. */
  readonly series: Map<string, ExportedSeries>;
}

/** Characters of text that are worth a write. */
const CHUNK = 65_536;

/**
 * Collects sample after sample; what did not change takes no memory. The lines of a metric stand together, series after
 * series and each in order of time, as the format demands.
 */
export class OpenMetrics {
  /** Samples left out: after the clock was set back there is a sample of their time already. */
  skipped = 0;
  readonly #columns: readonly NumberColumn[];
  readonly #families = new Map<string, Family>();
  readonly #labels = new WeakMap<Identity, string>();
  /** Milliseconds since the epoch, by the index of the sample. */
  readonly #times: number[] = [];
  readonly #kills = new Map<string, number>();

  constructor(columns: readonly NumberColumn[]) {
    this.#columns = columns;
  }

  take(report: Report): void {
    const { snapshot, rows, moment } = report;
    const host = label('host', snapshot.host.name);
    for (const kill of snapshot.events ?? []) this.#kills.set(`${host},${labelsOfKill(kill)}`, kill.time);
    if (snapshot.time <= (this.#times.at(-1) ?? Number.NEGATIVE_INFINITY)) {
      this.skipped += 1;
      return;
    }
    const index = this.#times.push(snapshot.time) - 1;
    for (const { name, kind, meaning, value } of machineNumbers(report)) {
      this.#series(`memtop_system_${inSnakeCase(name)}`, kind, meaning, host).put(index, inBaseUnits(value, kind));
    }
    for (const row of rows) {
      const labels = this.#labelsOf(row.process.who, host);
      for (const column of this.#columns) {
        const value = column.value(row, moment);
        if (value === undefined) continue;
        const { id, kind, meaning } = column;
        this.#series(`memtop_process_${inSnakeCase(id)}`, kind, meaning, labels).put(index, inBaseUnits(value, kind));
      }
    }
  }

  /** The whole text, in pieces. */
  *texts(): Generator<string> {
    let text = '';
    for (const line of this.#lines()) {
      text += line;
      if (text.length < CHUNK) continue;
      yield text;
      text = '';
    }
    yield `${text}# EOF\n`;
  }

  *#lines(): Generator<string> {
    for (const [name, { unit, meaning, series }] of this.#families) {
      yield `# TYPE ${name} gauge\n`;
      if (unit !== '') yield `# UNIT ${name} ${unit}\n`;
      yield `# HELP ${name} ${escaped(meaning)}\n`;
      for (const [labels, each] of series) {
        for (const [index, value] of each.entries()) {
          yield `${name}{${labels}} ${value} ${inSeconds(existing(this.#times[index]))}\n`;
        }
      }
    }
    if (this.#kills.size === 0) return;
    yield '# TYPE memtop_oom_kill gauge\n# HELP memtop_oom_kill a process that was killed for lack of memory: 1 at that time\n';
    for (const [labels, time] of this.#kills) yield `memtop_oom_kill{${labels}} 1 ${inSeconds(time)}\n`;
  }

  #series(stem: string, kind: NumberKind, meaning: string, labels: string): ExportedSeries {
    const { base } = UNITS[kind];
    const name = base === '' ? stem : `${stem}_${base}`;
    let family = this.#families.get(name);
    if (family === undefined) {
      family = { unit: base, meaning, series: new Map() };
      this.#families.set(name, family);
    }
    let series = family.series.get(labels);
    if (series === undefined) {
      series = new ExportedSeries();
      family.series.set(labels, series);
    }
    return series;
  }

  /** A process is identified by its pid and start time. */
  #labelsOf(who: Identity, host: string): string {
    const known = this.#labels.get(who);
    if (known !== undefined) return known;
    const started = isoTime(who.startedAt);
    const labels = [
      host,
      label('pid', String(who.pid)),
      ...(started === undefined ? [] : [label('started', started)]),
      label('name', who.name),
      ...(who.user === undefined ? [] : [label('user', who.user)]),
    ].join(',');
    this.#labels.set(who, labels);
    return labels;
  }
}

/** A kill identified by what it has. */
function labelsOfKill({ pid, name, scope, cgroup, by, time }: Kill): string {
  const parts = { pid: pid === undefined ? undefined : String(pid), name, scope, cgroup, by, time: isoTime(time) };
  return Object.entries(parts)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([key, value]) => label(key, value))
    .join(',');
}

function label(name: string, value: string): string {
  return `${name}="${escaped(escapeUnprintable(value)).replaceAll('"', '\\"')}"`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

/** `swapTotal` as `swap_total`, `memory.processes` as `memory_processes`. */
function inSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('.', '_');
}

/** Whole milliseconds, which is what Prometheus keeps. */
function inSeconds(milliseconds: number): string {
  return (Math.round(milliseconds) / 1000).toFixed(3);
}
