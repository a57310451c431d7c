// Measures memtop against other programs: npm run bench [-- SCENE…]. Prints one table; exits 1 when a budget is missed.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { namedScript, runIsolated } from './isolation.ts';
import { formatTable, type Result } from './result.ts';
import { agent } from './scenes/agent.ts';
import { agents } from './scenes/agents.ts';
import { few } from './scenes/few.ts';
import { filter } from './scenes/filter.ts';
import { flight } from './scenes/flight.ts';
import { forecast } from './scenes/forecast.ts';
import { frames } from './scenes/frames.ts';
import { header } from './scenes/header.ts';
import { holders } from './scenes/holders.ts';
import { kills } from './scenes/kills.ts';
import { leaks } from './scenes/leaks.ts';
import { lives, unseen } from './scenes/lives.ts';
import { many } from './scenes/many.ts';
import { patterns } from './scenes/patterns.ts';
import { pss } from './scenes/pss.ts';
import { recording } from './scenes/recording.ts';
import { sampling } from './scenes/sampling.ts';
import { start } from './scenes/start.ts';
import { verdicts } from './scenes/verdicts.ts';
import { watching } from './scenes/watching.ts';
import { countProcesses, Workbench } from './workbench.ts';

/** In the order in which they are measured. */
const SCENES = {
  few,
  start,
  sampling,
  pss,
  many,
  frames,
  filter,
  agent,
  agents,
  recording,
  flight,
  patterns,
  forecast,
  lives,
  unseen,
  kills,
  header,
  verdicts,
  leaks,
  holders,
  watching,
};
type Scene = keyof typeof SCENES;

const PROGRAMS = ['cc', 'htop', 'npm'];
/** Scenes that do not need those programs: they calculate, or run the programs of the tests. */
const RECKONING: readonly string[] = [
  'patterns',
  'forecast',
  'lives',
  'unseen',
  'kills',
  'header',
  'verdicts',
  'leaks',
  'holders',
  'watching',
  'recording',
  'flight',
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in SCENES));
const isReckoning = wanted.length > 0 && wanted.every((name) => RECKONING.includes(name));
const missing = isReckoning ? [] : PROGRAMS.filter((name) => !isInstalled(name));
if (unknown.length > 0) refuse(`Unknown scene '${unknown[0]}'. Scenes: ${Object.keys(SCENES).join(', ')}.`);
if (missing.length > 0) refuse(`The bench needs ${missing.join(' and ')}: install what is missing and run it again.`);
process.exit((await runIsolated(fileURLToPath(import.meta.url))) ?? (await measure(wanted as Scene[])));

async function measure(scenes: readonly Scene[]): Promise<number> {
  const root = resolve(namedScript(), '../..');
  const bench = new Workbench(root);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  process.once('exit', () => {
    bench.children.killAll();
    bench.remove();
  });
  const results: Result[] = [];
  const loads = [load()];
  try {
    execFileSync(process.execPath, [join(root, 'scripts/build.js')], { stdio: 'inherit' });
    for (const name of scenes.length === 0 ? (Object.keys(SCENES) as Scene[]) : scenes) {
      bench.say(`${name} (${countProcesses()} processes before, load ${load()})`);
      results.push(...(await SCENES[name](bench)));
    }
  } finally {
    await bench.close();
  }
  console.log(`\n${formatTable(results)}\n`);
  console.log(`Node.js ${process.version}; load ${loads[0]} before, ${load()} after.`);
  return results.every(({ isMet }) => isMet) ? 0 : 1;
}

function load(): string {
  return readFileSync('/proc/loadavg', 'latin1').split(' ')[0] ?? '';
}

function isInstalled(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
