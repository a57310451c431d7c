import { uptime } from 'node:os';
import { describe, expect, it } from 'vitest';
import { Namespaces } from '../../../../src/agent/client/finding/namespaces.ts';
import { Processes } from '../../../../src/agent/client/finding/processes.ts';

/** A /proc with one process, which counts how many links of it are read. */
class OneProcess extends Processes {
  links = 0;
  readonly #started: number;

  /** `started` is in clock ticks since boot. */
  constructor(started: number) {
    super();
    this.#started = started;
  }

  override pids(): number[] {
    return [7];
  }

  override link(): string {
    this.links += 1;
    return 'net:[1]';
  }

  override startTime(): number {
    return this.#started;
  }
}

/** How many links are read in two searches. */
function readTwice(started: number): number {
  const processes = new OneProcess(started);
  const namespaces = new Namespaces(processes);
  const before = processes.links;
  for (const _ of [1, 2]) for (const step of namespaces.viewpoints()) expect(step).toBeUndefined();
  return processes.links - before;
}

describe('the namespaces of a process', () => {
  it('are read once where it started long ago', () => {
    expect(readTwice(0)).toBe(2);
  });

  it('are read again while it has just started: it may still enter those of a container', () => {
    expect(readTwice(Math.round(uptime() * 100))).toBe(4);
  });
});
