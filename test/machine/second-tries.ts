// Which tests of this folder are tried up to three times, and why: what holds in one run of three is told apart from what
// never holds. Every other test has one try.
import { basename } from 'node:path';
import { beforeAll } from 'vitest';
import { pathOf, type Suite, tryMore } from '../helpers/tries.ts';

const TRIES_MORE = 2;

const KILLED_ANYWHERE = 'Programs are killed at random moments, and what is left is what the kernel made of it.';
const COLLECTORS = 'What a collector gives back to the kernel, and when, is decided by the collector and the kernel.';
const SAMPLED = 'Profilers of the runtimes sample at random: a small part of the samples may say something else.';
const OTHER_USE = 'It measures memory or time of the whole machine, which other programs use as well.';
const REAL_KILLS = 'The kernel kills at the limit of a real cgroup, at a moment of its own.';
const SECOND_BY_SECOND = 'It reads a real screen second by second: a machine that was starved for one has missed it.';

const REASONS: Readonly<Record<string, string>> = {
  'agent-node.test.ts': COLLECTORS,
  'agent-python-children.test.ts': COLLECTORS,
  'agent-python-hostility.test.ts': COLLECTORS,
  'agent-python-launcher.test.ts': COLLECTORS,
  'agent-python.test.ts': COLLECTORS,
  'attach-harm.test.ts': KILLED_ANYWHERE,
  'attach.test.ts': KILLED_ANYWHERE,
  'churn.test.ts': SECOND_BY_SECOND,
  'collect-verdicts.test.ts': COLLECTORS,
  'endings.test.ts': KILLED_ANYWHERE,
  'growth-order.test.ts': SECOND_BY_SECOND,
  'heap-snapshot-headroom.test.ts': REAL_KILLS,
  'leak-lines-python.test.ts': SAMPLED,
  'leak-lines.test.ts': SAMPLED,
  'limit-forecast.test.ts': REAL_KILLS,
  'memory.test.ts': OTHER_USE,
  'oom.test.ts': REAL_KILLS,
  'planted-sockets.test.ts': OTHER_USE,
  'pss.test.ts': OTHER_USE,
  'silent-file.test.ts': OTHER_USE,
  'small-heap.test.ts': COLLECTORS,
  'soak.test.ts': SECOND_BY_SECOND,
};

// biome-ignore lint/correctness/noEmptyPattern: the suite is the second argument.
beforeAll(({}, suite: Suite) => {
  if (basename(pathOf(suite)) in REASONS) tryMore(suite, TRIES_MORE);
});
