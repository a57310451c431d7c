// Reads memtop's header every second in a real terminal while a memory cgroup of several processes fills.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Cgroup, makeCgroup, removeCgroup } from '../../test/helpers/cgroups.ts';
import { openTerminal } from '../../test/helpers/pty.ts';
import type { Workbench } from '../workbench.ts';
import { type HeaderScene, SCRIPTS } from './header-programs.ts';
import { ENTER, endAllIn, killsIn } from './inside.ts';

/** Seconds in which the header said that the limit would be reached, by the process that it named. */
export interface HeaderCount {
  readonly scene: HeaderScene;
  /** Seconds until the kernel killed a process. */
  readonly life: number;
  right: number;
  unnamed: number;
  wrong: number;
  /** The wrong lines, each once. */
  readonly errors: Set<string>;
}

/** Maximum duration of a scene in milliseconds. */
const LONGEST = 280_000;
const MIB = 2 ** 20;
/** `! NAME PID grows …: limit of …`, and what says no name. */
const SAYS_END = /!\s(?:.*? (?<pid>\d+) grows )?.*(?:limit|full|out of memory)/;

export async function runHeader(bench: Workbench, scene: HeaderScene, index: number): Promise<HeaderCount> {
  const cgroup = makeCgroup(`memtop-header-${basename(bench.folder)}-${index}`, scene.limit * MIB);
  if (typeof cgroup === 'string') throw new Error(cgroup);
  const watching = [process.execPath, bench.memtop, '-d', '1s'];
  const [command = '', ...args] =
    scene.from === 'outside' ? watching : ['sh', '-c', ENTER, cgroup.path, '', ...watching];
  const terminal = openTerminal({
    ...{ command, args, columns: 200, rows: 50 },
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', MEMTOP_CONFIG: '/dev/null', HOME: bench.folder },
  });
  await terminal.waitFor(/Mem/, 'the first frame');
  const began = performance.now();
  const culprits = scene.programs.map((words) => start(bench, cgroup, words));
  const counts = { right: 0, unnamed: 0, wrong: 0, errors: new Set<string>() };
  while (killsIn(cgroup) === 0 && performance.now() - began < LONGEST) {
    await delay(1000);
    const header = terminal.screen().find((row) => SAYS_END.test(row));
    // After the kill the header shows what has happened.
    if (header === undefined || killsIn(cgroup) > 0) continue;
    const pid = SAYS_END.exec(header)?.groups?.['pid'];
    if (pid === undefined) counts.unnamed += 1;
    else if (isCulprit(Number(pid), culprits[0] ?? 0, scene)) counts.right += 1;
    else counts.wrong += 1;
    if (pid === undefined || !isCulprit(Number(pid), culprits[0] ?? 0, scene)) counts.errors.add(header.trim());
  }
  const life = (performance.now() - began) / 1000;
  await terminal.close();
  endAllIn(cgroup);
  await removeCgroup(cgroup);
  return { scene, life, ...counts };
}

/** Starts a script in the cgroup; its pid. */
function start(bench: Workbench, cgroup: Cgroup, [script, ...words]: HeaderScene['programs'][number]): number {
  const file = join(bench.folder, script);
  writeFileSync(file, SCRIPTS[script]);
  const child = spawn('sh', ['-c', ENTER, cgroup.path, '', 'python3', file, ...words], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  bench.children.add({ pid, ended: once(child, 'exit').then(() => {}) });
  return pid;
}

/** In a group of workers it is the one that was forked second. */
function isCulprit(pid: number, first: number, { programs }: HeaderScene): boolean {
  if (programs[0]?.[0] !== 'workers.py') return pid === first;
  const children = readFileSync(`/proc/${first}/task/${first}/children`, 'latin1').trim().split(' ').map(Number);
  return pid === children[1];
}

/** For docs/growth.md. */
export function headerTable(counts: readonly HeaderCount[]): string {
  return [
    '| in one cgroup | filled after | seconds with an end in the header | right process | no process | wrong process |',
    '| --- | --- | --- | --- | --- | --- |',
    ...counts.map(({ scene, life, right, unnamed, wrong }) => {
      return `| ${[scene.name, `${life.toFixed(0)} s`, right + unnamed + wrong, right, unnamed, wrong].join(' | ')} |`;
    }),
  ].join('\n');
}
