// The kernel's log lines for an OOM kill, of versions 3.10 to 6.18, and lines that are not.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daemonKill } from '../../../src/model/oom/daemon-kills.ts';
import { type KernelKill, KernelKills } from '../../../src/model/oom/kernel-kills.ts';

function killsIn(lines: readonly string[]): KernelKill[] {
  const parser = new KernelKills();
  return lines.map((line) => parser.take(line)).filter((kill) => kill !== undefined);
}

function fixture(name: string): string[] {
  return readFileSync(new URL(`../../fixtures/kernel-logs/${name}.log`, import.meta.url), 'utf8').split('\n');
}

const KB = 1024;

describe('kills are read from the log of', () => {
  it.each<[string, KernelKill[]]>([
    ['3.10-machine', [{ pid: 2592, name: 'mysqld', uid: 27, rss: 284800 * KB, scope: 'machine' }]],
    [
      '4.9-cgroup',
      [
        {
          pid: 31337,
          name: 'java',
          rss: 519004 * KB,
          scope: 'cgroup',
          cgroup: '/docker/4f1c',
          limit: 524288 * KB,
        },
      ],
    ],
    ['5.4-machine', [{ pid: 4021, name: 'stress', uid: 1000, rss: 1800120 * KB, scope: 'machine' }]],
    [
      '5.15-group',
      [
        {
          pid: 701,
          name: 'node',
          uid: 1001,
          rss: 188000 * KB,
          scope: 'cgroup',
          cgroup: '/kubepods.slice/pod7',
          limit: 204800 * KB,
        },
        {
          pid: 702,
          name: 'sidecar',
          uid: 1002,
          rss: 4096 * KB,
          scope: 'cgroup',
          cgroup: '/kubepods.slice/pod7',
          limit: 204800 * KB,
        },
      ],
    ],
    [
      '6.18-cgroup',
      [
        {
          pid: 12873,
          name: 'a) b (c',
          uid: 0,
          rss: 88140 * KB,
          scope: 'cgroup',
          cgroup: '/job,a',
          limit: 81920 * KB,
        },
      ],
    ],
  ])('%s', (name, kills) => {
    expect(killsIn(fixture(name))).toEqual(kills);
  });
});

describe('lines that are not an OOM kill', () => {
  it('a truncated line does not count, wherever it is cut', () => {
    for (const name of ['4.9-cgroup', '6.18-cgroup', '3.10-machine']) {
      const lines = fixture(name);
      const at = lines.findIndex((line) => line.includes('Killed process'));
      const whole = killsIn(lines)[0];
      const line = lines[at] as string;
      for (let length = 0; length < line.length; length += 1) {
        const [kill] = killsIn([...lines.slice(0, at), line.slice(0, length)]);
        // Once the name stands there it is right; a size may still be missing at the end.
        if (kill !== undefined) expect(kill).toMatchObject({ pid: whole?.pid, name: whole?.name });
      }
    }
  });

  it('an unlimited cgroup has no limit', () => {
    const lines = fixture('6.18-cgroup').map((line) => line.replace('limit 81920kB', 'limit 9007199254740988kB'));
    expect(killsIn(lines)[0]).not.toHaveProperty('limit');
  });

  it('the limit of one kill is not that of the next', () => {
    const [, second] = killsIn([...fixture('6.18-cgroup'), ...fixture('5.4-machine')]);
    expect(second).toMatchObject({ name: 'stress', scope: 'machine' });
    expect(second).not.toHaveProperty('limit');
    expect(second).not.toHaveProperty('cgroup');
  });

  it('a kill whose report the kernel left out has no cgroup, rather than that of another kill', () => {
    const kill = (pid: number) =>
      `Memory cgroup out of memory: Killed process ${pid} (late) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:0kB, UID:0`;
    const [, second] = killsIn([...fixture('6.18-cgroup'), kill(99)]);
    expect(second).toEqual({ pid: 99, name: 'late', uid: 0, rss: 5 * KB, scope: 'cgroup' });
    // The report is of the process that it names; a line of the one between was lost.
    const report = fixture('6.18-cgroup').filter((line) => !line.includes('Killed process'));
    expect(killsIn([...report, kill(99)])[0]).not.toHaveProperty('cgroup');
  });

  it('an old kernel that left the report out still says what was out of memory', () => {
    const [first, second] = killsIn([
      ...fixture('4.9-cgroup'),
      'Memory cgroup out of memory: Kill process 12 (java) score 9 or sacrifice child',
      'Killed process 12 (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB',
    ]);
    expect(first).toHaveProperty('cgroup', '/docker/4f1c');
    expect(second).toEqual({ pid: 12, name: 'java', rss: 4 * KB, scope: 'cgroup' });
  });

  it('the processes of a cgroup that is killed as a whole share its report', () => {
    const [first, second, third] = killsIn([
      ...fixture('5.15-group').filter((line) => !line.includes('invoked oom-killer') && !line.startsWith('oom-kill:')),
      ...fixture('5.4-machine'),
    ]);
    expect(first).not.toHaveProperty('cgroup');
    expect(second).toMatchObject({ pid: 702, cgroup: '/kubepods.slice/pod7/app' });
    expect(third).toMatchObject({ name: 'stress', scope: 'machine' });
    expect(third).not.toHaveProperty('cgroup');
  });

  it('names with line feeds are carried whole', () => {
    const line = 'Out of memory: Killed process 7 (a\nb) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB';
    expect(killsIn([line])).toEqual([{ pid: 7, name: 'a\nb', rss: 9 * KB, scope: 'machine' }]);
  });

  it('no line makes the parser throw or take long', () => {
    const words = fc.constantFrom(
      ...['Killed process ', '1 (', ')', ' total-vm:1kB, anon-rss:1kB, file-rss:1kB', 'oom-kill:', ',oom_memcg=', '\n'],
      ...[',task_memcg=', 'Task in ', ' killed as a result of limit of ', 'memory: usage ', '99999999999999kB, limit '],
    );
    const line = fc.array(fc.oneof(words, fc.string({ unit: 'binary' })), { maxLength: 40 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        for (const kill of killsIn(lines)) expect(Number.isSafeInteger(kill.pid)).toBe(true);
        for (const text of lines) {
          daemonKill('earlyoom', text);
          daemonKill('systemd-oomd', text);
        }
      }),
    );
    const long = `oom-kill:${',task_memcg='.repeat(600)}`;
    const began = performance.now();
    killsIn(new Array(200).fill(long));
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('daemons', () => {
  it('earlyoom names one process', () => {
    const old = 'sending SIGTERM to process 7878 uid 1000 "python3": badness 1021, VmRSS 345 MiB';
    const line =
      'sending SIGKILL to process 7 uid 0 "a "b"": oom_score 1021, oom_score_adj 0, VmRSS 3 MiB, cmdline "x y"';
    expect(daemonKill('earlyoom', old)).toEqual({
      by: 'earlyoom',
      pid: 7878,
      uid: 1000,
      name: 'python3',
      rss: 345 * KB * KB,
    });
    expect(daemonKill('earlyoom', line)).toEqual({ by: 'earlyoom', pid: 7, uid: 0, name: 'a "b"', rss: 3 * KB * KB });
    expect(daemonKill('earlyoom', 'mem avail: 1000 of 2000 MiB (50.00%)')).toBeUndefined();
  });

  it('systemd-oomd names a cgroup', () => {
    const line =
      'Killed /user.slice/user-1000.slice/app-firefox.scope due to memory used (3950182400) / total (4124160000) and swap used (1) / total (1) being more than 90.00%';
    expect(daemonKill('systemd-oomd', line)).toEqual({
      by: 'systemd-oomd',
      cgroup: '/user.slice/user-1000.slice/app-firefox.scope',
    });
    expect(
      daemonKill('systemd-oomd', line.replace('Killed ', 'Marked ').replace(' due to', ' for killing due to')),
    ).toEqual({ by: 'systemd-oomd', cgroup: '/user.slice/user-1000.slice/app-firefox.scope' });
    expect(daemonKill('systemd-oomd', 'Memory pressure is high')).toBeUndefined();
  });
});
