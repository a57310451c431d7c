// Gives a made-up machine to the flight recorder for each line on stdin (processes, interval, samples), and answers with the bytes
// of the recorder, the changed rows, the CPU milliseconds a sample, the bytes held after a collection, and how long a jump took.
import { createInterface } from 'node:readline';
import { Recall } from '../../src/model/recall/recall.ts';
import type { Process } from '../../src/model/snapshot/snapshot.ts';
import { FlightRecorder } from '../../src/recording/flight-recorder.ts';
import { day, type MadeUp } from '../recorded-day.ts';

/** CPU milliseconds so far. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function held(): number {
  // The second collection frees the buffers of what the first one found.
  for (let round = 0; round < 2; round += 1) globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What making up the machine costs by itself, and how many rows change in it. */
function madeUp(machine: MadeUp) {
  let changed = 0;
  let before: readonly Process[] = [];
  for (const { processes } of day(machine)) {
    const earlier = new Set(before);
    changed += processes.filter((each) => !earlier.has(each)).length;
    before = processes;
  }
  const counted = cpuTime();
  for (const _ of day(machine));
  return { changed, cpu: cpuTime() - counted };
}

function fly(machine: MadeUp): string {
  const { changed, cpu } = madeUp(machine);
  const before = held();
  const begun = cpuTime();
  const recorder = new FlightRecorder();
  for (const snapshot of day(machine)) recorder.add(snapshot);
  const spent = (cpuTime() - begun - cpu) / machine.samples;
  const memory = held() - before;
  const { begin = 0, end = 0 } = recorder.range ?? {};
  const jumped = cpuTime();
  new Recall(recorder).at((begin + end) / 2);
  return [recorder.bytes, changed, spent, memory, cpuTime() - jumped].join(' ');
}

createInterface(process.stdin).on('line', (line) => {
  const [processes = 0, interval = 0, samples = 0] = line.split(' ').map(Number);
  process.stdout.write(`${fly({ processes, interval, samples })}\n`);
});
