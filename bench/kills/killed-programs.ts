// Real programs that reach the limit of their memory cgroup, and the rate at which they get work.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../curves.ts';
import { FEEDS, type Feed } from './feeds.ts';

export interface KilledProgram {
  readonly name: string;
  /** The limit of its cgroup, in MiB. */
  readonly limit: number;
  /** The program and its arguments. The files it needs are created in the folder first. */
  readonly command: (folder: string) => readonly string[];
  /** Its standard input, in bytes per second. */
  readonly reads?: { readonly feed: Feed; readonly pace: number };
  /** The fraction of one CPU that its cgroup may use, for programs that would otherwise end within seconds. */
  readonly cpu?: number;
}

const KIB = 1024;

const node = (name: string, limit: number, script: string): KilledProgram => ({
  ...{ name, limit },
  command: () => [process.execPath, '--max-old-space-size=2000', '-e', script],
});
const python = (name: string, limit: number, script: string): KilledProgram => ({
  ...{ name, limit },
  command: () => ['python3', '-c', script],
});
const reader = (
  name: string,
  limit: number,
  words: readonly string[],
  reads: NonNullable<KilledProgram['reads']>,
): KilledProgram => ({ name, limit, reads, command: () => words });

export const KILLED_PROGRAMS: readonly KilledProgram[] = [
  node(
    'node, sessions in a Map',
    150,
    `const seen = new Map();
     setInterval(() => { for (let i = 0; i < 300; i += 1) seen.set(Math.random(), { at: Date.now(), words: [i, String(i)] }); }, 20);`,
  ),
  node('node, buffers', 200, 'const kept = []; setInterval(() => kept.push(Buffer.alloc(2 ** 16).fill(1)), 25);'),
  node(
    'node, closures under garbage',
    160,
    `const kept = []; let all = 0;
     setInterval(() => {
       const work = Array.from({ length: 20000 }, (_, index) => ({ index }));
       all += work.length;
       for (let i = 0; i < 60; i += 1) { const own = work.slice(i, i + 40); kept.push(() => own); }
     }, 40);`,
  ),
  python(
    'python, a list',
    120,
    `import time
kept = []
while True:
  kept += [(n, str(n)) for n in range(2000)]
  time.sleep(0.1)`,
  ),
  python(
    'python, a dict',
    160,
    `import time
kept = {}
while True:
  for n in range(2000): kept[len(kept)] = str(n) * 8
  time.sleep(0.12)`,
  ),
  python(
    'python, bytes',
    300,
    `import os, time
body = b''
while True:
  body += os.urandom(2**19)
  time.sleep(0.2)`,
  ),
  {
    name: 'perl, a hash',
    limit: 100,
    command: () => [
      'perl',
      '-e',
      'while () { for (1 .. 800) { $seen{rand()} = [time, $_] } select undef, undef, undef, 0.1 }',
    ],
  },
  {
    name: 'java, a HashMap',
    limit: 250,
    command: (folder) => {
      const file = join(folder, 'Leak.java');
      writeFileSync(
        file,
        `import java.util.*;
public class Leak {
  public static void main(String[] words) throws Exception {
    Map<Integer, byte[]> kept = new HashMap<>();
    for (int n = 0; ; n += 1) {
      kept.put(n, new byte[10000]);
      byte[] garbage = new byte[50000];
      if (n % 30 == 0) Thread.sleep(100);
    }
  }
}
`,
      );
      return ['java', '-Xmx1g', '-XX:+UseSerialGC', file];
    },
  },
  reader('awk, an array', 150, ['awk', '{ seen[$1] = $0 }'], { feed: FEEDS.text, pace: 600 * KIB }),
  reader('sqlite3 in memory', 64, ['sqlite3', ':memory:'], { feed: FEEDS.sql, pace: 1100 * KIB }),
  reader('sort', 200, ['sort', '-S', '2G'], { feed: FEEDS.text, pace: 2000 * KIB }),
  reader('jq --slurp', 200, ['jq', '--slurp', 'length'], { feed: FEEDS.json, pace: 250 * KIB }),
  reader('xz -9', 300, ['xz', '-9', '-T1', '-c'], { feed: FEEDS.text, pace: 300 * KIB }),
  reader('zstd --long', 200, ['zstd', '-3', '--long=30', '-c'], { feed: FEEDS.text, pace: 3000 * KIB }),
  reader('tail, the last lines', 128, ['tail', '-n', '1000000000'], { feed: FEEDS.text, pace: 1500 * KIB }),
  {
    name: 'a file in memory',
    limit: 100,
    command: (folder) => ['sh', '-c', 'mount -t tmpfs none "$0" && exec cat > "$0/upload"', made(folder, 'tmpfs')],
    reads: { feed: FEEDS.text, pace: 2000 * KIB },
  },
  {
    name: 'gcc, a huge file',
    limit: 300,
    cpu: 0.06,
    command: (folder) => {
      const file = join(folder, 'huge.c');
      writeFileSync(file, Array.from({ length: 40_000 }, (_, index) => functionOf(index)).join(''));
      return ['gcc', '-O2', '-c', '-o', join(folder, 'huge.o'), file];
    },
  },
  {
    name: 'git repack',
    limit: 120,
    cpu: 0.05,
    command: (folder) => ['git', '-C', repositoryIn(folder), 'repack', '-adfq', '--window=400'],
  },
];

function made(folder: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

const functionOf = (index: number) => `
int work_${index}(int *data, int count) {
  int sum = ${index};
  for (int i = 0; i < count; i++) { if (data[i] % ${(index % 97) + 2} == 0) sum += data[i] * i; else sum ^= data[i] << (i % ${(index % 7) + 2}); }
  return sum;
}
`;

const VERSIONS = 250;
const LINES = 40_000;

/** A repository with many versions of one large file, which repack compares with each other. */
function repositoryIn(folder: string): string {
  const path = made(folder, 'repository');
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', path, '-c', 'core.compression=0', ...words], { stdio: 'ignore' });
  git('init', '-q');
  git('config', 'pack.threads', '1');
  const random = seeded(VERSIONS);
  const lines = Array.from({ length: LINES }, (_, index) => FEEDS.text(index, random).slice(0, 16));
  for (let version = 0; version < VERSIONS; version += 1) {
    for (let index = 0; index < LINES; index += 100) lines[index] = `${version} of ${index}`;
    writeFileSync(join(path, `version-${version}`), lines.join('\n'));
  }
  git('add', '.');
  git('-c', 'user.name=bench', '-c', 'user.email=bench', 'commit', '-qm', 'Versions');
  return path;
}
