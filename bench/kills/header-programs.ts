// Memory cgroups with several processes, one of which fills the cgroup: the header must name that one.

export interface HeaderScene {
  readonly name: string;
  /** Of the cgroup, in MiB. */
  readonly limit: number;
  /** Where memtop itself runs. */
  readonly from: 'outside' | 'inside';
  /** Scripts of the table below with their words. The first is the one that fills the cgroup. */
  readonly programs: readonly (readonly [keyof typeof SCRIPTS, ...string[]])[];
}

/** Python programs, by the name of their file. Sizes in MiB, rates in MiB per second. */
export const SCRIPTS = {
  'leak.py': `
import sys, time
pace, held, began = float(sys.argv[1]), [], time.monotonic()
while True:
  while len(held) < (time.monotonic() - began) * pace * 8:
    held.append(bytearray(b'x' * 2**17))
  time.sleep(0.02)
`,
  'idle.py': `
import sys, time
held = [bytearray(b'x' * 2**20) for _ in range(int(sys.argv[1]))]
while True: time.sleep(1)
`,
  'jobs.py': `
import subprocess, sys, time
job = "import time; held = [bytearray(b'x' * 2**20) for _ in range(%s)]; time.sleep(2)" % sys.argv[1]
while True:
  subprocess.run([sys.executable, '-c', job])
  time.sleep(1)
`,
  'cache.py': `
import sys, time
size, seconds, held, began = int(sys.argv[1]), float(sys.argv[2]), [], time.monotonic()
while True:
  while len(held) < size and len(held) < (time.monotonic() - began) / seconds * size:
    held.append(bytearray(b'x' * 2**20))
  time.sleep(0.1)
`,
  'workers.py': `
import os, sys, time
pace, workers = float(sys.argv[1]), int(sys.argv[2])
for index in range(workers):
  if os.fork() == 0:
    held, began = [bytearray(b'x' * (8 * 2**20))], time.monotonic()
    while True:
      while index == 1 and len(held) < (time.monotonic() - began) * pace * 8:
        held.append(bytearray(b'x' * 2**17))
      time.sleep(0.02)
while True: time.sleep(1)
`,
} as const;

const leak = (pace: number) => ['leak.py', String(pace)] as const;

export const HEADER_SCENES: readonly HeaderScene[] = [
  {
    name: 'a leak of 2 MiB/s, a larger one at rest',
    limit: 300,
    from: 'outside',
    programs: [leak(2), ['idle.py', '150']],
  },
  {
    name: 'the same next to jobs of 20 MiB and 2 s',
    limit: 300,
    from: 'outside',
    programs: [leak(2), ['idle.py', '120'], ['jobs.py', '20']],
  },
  {
    name: 'a leak of 10 MiB/s next to them',
    limit: 600,
    from: 'outside',
    programs: [leak(10), ['idle.py', '150'], ['jobs.py', '20']],
  },
  {
    name: 'one of four workers leaks 1 MiB/s',
    limit: 180,
    from: 'outside',
    programs: [
      ['workers.py', '1', '4'],
      ['idle.py', '60'],
    ],
  },
  {
    name: 'a leak of 2 MiB/s after a cache has filled',
    limit: 340,
    from: 'outside',
    programs: [leak(2), ['cache.py', '80', '20'], ['idle.py', '60']],
  },
  {
    name: 'from inside: a leak of 2 MiB/s, a larger one at rest',
    limit: 420,
    from: 'inside',
    programs: [leak(2), ['idle.py', '150']],
  },
  {
    name: 'from inside: the same next to jobs',
    limit: 420,
    from: 'inside',
    programs: [leak(2), ['idle.py', '120'], ['jobs.py', '20']],
  },
];
