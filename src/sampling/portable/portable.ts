// The sampler for every other system: ps-list lists the processes, systeminformation measures them, joined by PID.

import { UserError } from '../../errors/user-error.ts';
import type { Host, Snapshot, SystemMemory } from '../../model/snapshot/snapshot.ts';
import { Gaps } from '../sampler/gaps.ts';
import type { Needs, Sampler } from '../sampler/sampler.ts';
import { describeHost } from './host.ts';
import { joinByPid } from './join.ts';
import { KnownProcesses } from './known.ts';
import { describeMemory } from './memory.ts';
import { Question, type SourceAnswer } from './question.ts';
import { type Listed, type ListedMemory, loadSources, type Sources } from './sources.ts';

/** The timeout of a source in one sample, in milliseconds. */
const ANSWER_TIMEOUT = 10_000;

/**
 * On Linux systeminformation puts all pids into one command, which may not be longer than 128 KiB (MAX_ARG_STRLEN,
 * execve(2)) and takes the program down where it is. The characters that each PID takes besides its digits.
 */
const LONGEST_COMMAND = 120 * 1024;
const COMMAND_PER_PID = ';cat /proc//stat'.length;

/** Opens the portable sampler; the sources can be others for a test, and so can its timeout. */
export async function openPortable(sources?: Sources, timeout = ANSWER_TIMEOUT): Promise<Sampler> {
  return new Portable(sources ?? (await loadSources()), timeout);
}

class Portable implements Sampler {
  readonly name = 'portable';
  readonly #list: Question<readonly Listed[]>;
  readonly #measure: Question<readonly ListedMemory[]>;
  readonly #memory: Question<SystemMemory>;
  readonly #system: Question<{ distro: string; release: string }>;
  readonly #known = new KnownProcesses();
  #host: Host | undefined;

  constructor(sources: Sources, timeout: number) {
    this.#list = new Question(() => sources.list(), timeout);
    this.#measure = new Question(() => sources.measure(), timeout);
    this.#memory = new Question(async () => describeMemory(await sources.memory(), process.platform), timeout);
    this.#system = new Question(() => sources.system(), timeout);
  }

  async sample(needs: Needs, signal: AbortSignal): Promise<Snapshot> {
    this.#host ??= await describeHost(() => this.#system.ask(signal));
    const [system, listed] = await Promise.all([this.#memory.ask(signal), this.#list.ask(signal)]);
    refuseTooMany(listed);
    const time = Date.now();
    const monotonic = performance.now();
    // Only now: what ps-list ran has gone when the measures are taken.
    const measured = await this.#measure.ask(signal);
    const gaps = new Gaps();
    const processes = this.#known.update(this.#join(listed, measured, needs, gaps), monotonic);
    if (!('value' in system)) gaps.add('memory', 'unsupported');
    gaps.add('cpuTime', 'unsupported', processes.length);
    gaps.add('threads', 'unsupported', processes.length);
    for (const measure of needs.measures) gaps.add(measure, 'unsupported', processes.length);
    return {
      time,
      monotonic,
      host: this.#host,
      system: 'value' in system ? system.value : {},
      processes,
      gaps: gaps.list(),
      observer: { pid: process.pid, kernelMemory: 0 },
    };
  }

  close(): void {
    // Nothing is held between samples.
  }

  #join(
    listed: SourceAnswer<readonly Listed[]>,
    measured: SourceAnswer<readonly ListedMemory[]>,
    needs: Needs,
    gaps: Gaps,
  ) {
    const who = 'value' in listed && listed.value.length > 0 ? listed.value : undefined;
    const numbers = 'value' in measured ? measured.value : [];
    if (who === undefined && numbers.length === 0) {
      throw new UserError(
        'The processes of this system could not be listed.',
        'Check that ps works, or choose --sampler procfs on Linux.',
      );
    }
    if (who === undefined) gaps.add('ps-list', 'unsupported');
    if (numbers.length === 0) {
      gaps.add('rss', 'unsupported', who?.length ?? 1);
      return [];
    }
    const joined = joinByPid(who, numbers, needs.commandLimit);
    gaps.add('process', 'gone', joined.halves);
    gaps.add('process', 'malformed', joined.malformed);
    return joined.readings;
  }
}

function refuseTooMany(listed: SourceAnswer<readonly Listed[]>): void {
  if (process.platform !== 'linux' || !('value' in listed)) return;
  const length = listed.value.reduce((sum, { pid }) => sum + COMMAND_PER_PID + String(pid).length, 0);
  if (length <= LONGEST_COMMAND) return;
  throw new UserError(
    `The portable sampler cannot read ${listed.value.length} processes at once on Linux.`,
    'Choose --sampler procfs.',
  );
}
