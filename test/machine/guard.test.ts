// `memtop guard` against the kernel: programs in memory cgroups of the test's own with 200 MiB each.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Cgroup, makeCgroup, removeCgroup } from '../helpers/cgroups.ts';
import { start } from '../helpers/program.ts';
import { Programs } from '../helpers/programs.ts';
import { endProgram } from '../helpers/ready-programs.ts';
import { until } from '../helpers/until.ts';

const LIMIT = 200 * 2 ** 20;
const PROGRAM = resolve('test/fixtures/programs/growing-garbage.cjs');
/** A collector as lazy as one with a large heap limit: it would let garbage grow far beyond the cgroup's limit. */
const LAZY = ['--max-old-space-size=2000', '--initial-old-space-size=2000', '--require', resolve('dist/agent.cjs')];

const NAMES = ['guarded', 'unguarded', 'leak', 'stubborn'] as const;
type Name = (typeof NAMES)[number];

const made = NAMES.map((name) => makeCgroup(`memtop-guard-test-${process.pid}-${name}`, LIMIT));
const refused = made.find((one) => typeof one === 'string');
const children: ChildProcess[] = [];
const programs = new Programs();

afterEach(async () => {
  await Promise.all(children.splice(0).map(endProgram));
  await programs.end();
});

afterAll(async () => {
  for (const cgroup of made) if (typeof cgroup !== 'string') await removeCgroup(cgroup);
});

const cgroupOf = (name: Name): Cgroup => made[NAMES.indexOf(name)] as Cgroup;

/** Starts the program inside of a cgroup: it enters before it becomes itself. */
function inside(name: Name, ...args: readonly string[]): ChildProcess {
  const script = 'echo $$ > "$0/cgroup.procs" && exec "$@"';
  const words = [cgroupOf(name).path, process.execPath, ...LAZY, PROGRAM, ...args];
  const child = spawn('sh', ['-c', script, ...words], { stdio: 'ignore' });
  children.push(child);
  return child;
}

/** Kills by the kernel in a cgroup: oom_kill of memory.events (version 2) or memory.oom_control (version 1). */
function kernelKills(name: Name): number {
  for (const file of ['memory.events', 'memory.oom_control']) {
    try {
      return Number(/^oom_kill (\d+)$/m.exec(readFileSync(join(cgroupOf(name).path, file), 'utf8'))?.[1] ?? 0);
    } catch {
      // The file of the other version.
    }
  }
  return 0;
}

interface Document {
  readonly rule: string;
  readonly step: string;
  readonly pid: number;
  readonly result: Readonly<Record<string, unknown>>;
}

/** Starts a guard with a rule for each cgroup but one, and collects its documents. */
function startGuard(): { readonly documents: Document[]; readonly guard: ChildProcess } {
  const rule = (name: Name, steps: string) => `[[rule]]
name = "${name}"
cgroup = "${cgroupOf(name).name}"
when = "available < 25%"
on = "growing-garbage"
do = [${steps}]
`;
  const path = join(programs.folder(), 'rules.toml');
  const hard = '"collect", "wait 500ms", "signal TERM", "wait 1s", "signal KILL"';
  writeFileSync(path, rule('guarded', '"collect"') + rule('leak', hard) + rule('stubborn', hard));
  const guard = start(['guard', '--json', path]);
  children.push(guard);
  try {
    setPriority(guard.pid as number, -15);
  } catch {
    // It must do without.
  }
  const documents: Document[] = [];
  createInterface({ input: guard.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    documents.push(JSON.parse(line));
  });
  return { documents, guard };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

describe.skipIf(refused !== undefined)(`a limit of 200 MiB${refused === undefined ? '' : `: ${refused}`}`, () => {
  it('kills growing garbage without a guard; with one that collects it survives 50 rounds, and a leak gets TERM in time', {
    timeout: 120_000,
  }, async () => {
    const { documents } = startGuard();
    const guarded = inside('guarded', 'garbage', '50', '500');
    const unguarded = inside('unguarded', 'garbage', '50', '500');
    const leak = inside('leak', 'leak', '1000', '1000');
    const stubborn = inside('stubborn', 'leak', '1000', '1200', 'stubborn');
    await until(() => [guarded, unguarded, leak, stubborn].every(hasEnded), 100_000);
    const steps = (name: Name) => documents.filter(({ rule }) => rule === name).map(({ step }) => step);
    const seen = JSON.stringify(documents, undefined, 1);

    expect([unguarded.signalCode, kernelKills('unguarded')], seen).toEqual(['SIGKILL', 1]);

    expect([guarded.exitCode, kernelKills('guarded')], seen).toEqual([0, 0]);
    expect(new Set(steps('guarded')), seen).toEqual(new Set(['collect', 'stop']));
    const collects = documents.filter(({ rule, step }) => rule === 'guarded' && step === 'collect');
    expect(collects.length, seen).toBeGreaterThanOrEqual(2);
    expect(
      collects.every(({ pid }) => pid === guarded.pid),
      seen,
    ).toBe(true);

    expect([leak.signalCode, kernelKills('leak')], seen).toEqual(['SIGTERM', 0]);
    expect(steps('leak'), seen).not.toContain('signal KILL');
    await until(() => steps('leak').includes('collect') && steps('stubborn').includes('stop'));
    const verdicts = documents.filter(({ rule, step }) => rule === 'leak' && step === 'collect');
    expect(
      verdicts.map(({ result }) => result),
      seen,
    ).not.toContainEqual(expect.objectContaining({ verdict: 'garbage' }));

    expect([stubborn.signalCode, kernelKills('stubborn')], seen).toEqual(['SIGKILL', 0]);
    expect(
      steps('stubborn').filter((step) => step.startsWith('signal')),
      seen,
    ).toEqual(['signal TERM', 'signal KILL']);
  });
});
