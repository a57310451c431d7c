// Logs of the kernel as they are found: forged, rotated, half, unreadable.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { OwnCgroup } from '../../../../src/sampling/linux/cgroup/own-cgroup.ts';
import { parseJournal } from '../../../../src/sampling/linux/oom/journal.ts';
import { KernelLog } from '../../../../src/sampling/linux/oom/kernel-log.ts';
import { KillWatch } from '../../../../src/sampling/linux/oom/kill-watch.ts';
import { parseKmsgRecord } from '../../../../src/sampling/linux/oom/kmsg-record.ts';
import { parseLog, readLogFile } from '../../../../src/sampling/linux/oom/log-file.ts';
import { Vmstat } from '../../../../src/sampling/linux/proc/vmstat.ts';
import { Slices } from '../../../../src/sampling/linux/reading/slices.ts';
import { Gaps } from '../../../../src/sampling/sampler/gaps.ts';
import { until } from '../../../helpers/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'memtop-logs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const slices = () => new Slices(new AbortController().signal);
const KILLED = 'Out of memory: Killed process 7 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB, UID:0';

/** A log whose reads give these answers, one after the other: a record, or the code of an error. */
function logOf(...answers: string[]): KernelLog {
  const path = join(folder, 'kmsg');
  writeFileSync(path, '');
  const read = (_: number, bytes: Buffer) => {
    const answer = answers.shift() ?? 'EAGAIN';
    if (/^E[A-Z]+$/.test(answer)) throw Object.assign(new Error(answer), { code: answer });
    return bytes.write(answer);
  };
  return new KernelLog(path, read as never);
}

async function read(log: KernelLog) {
  const texts: string[] = [];
  const trouble = log.open() ?? (await log.read(({ text }) => texts.push(text), slices()));
  log.close();
  return { texts, trouble };
}

describe('/dev/kmsg', () => {
  it('a record is its text, escapes undone, without its dictionary', () => {
    expect(parseKmsgRecord('3,1208,1559421865,-;a\\x0ab \\xc3\\xbc\\x5c\n SUBSYSTEM=x\n')).toEqual({
      facility: 0,
      sequence: 1208,
      uptime: 1559421.865,
      text: 'a\nb ü\\',
    });
  });

  it('what a program has written there is left out: its facility is not the kernel', async () => {
    expect((await read(logOf(`12,1,1,-;${KILLED}\n`, `3,2,1,-;real\n`, `11,3,1,-;${KILLED}\n`))).texts).toEqual([
      'real',
    ]);
  });

  it('a log that was overwritten while it was read goes on behind the gap', async () => {
    expect(await read(logOf('6,1,1,-;one\n', 'EPIPE', '6,90,1,-;two\n'))).toEqual({
      texts: ['one', 'two'],
      trouble: undefined,
    });
  });

  it('half a record does not count', async () => {
    expect((await read(logOf('6,1,1,-;half', '6,', '6,2,1,-;whole\n'))).texts).toEqual(['whole']);
  });

  it('one that may not be read says why', async () => {
    expect((await read(logOf('EPERM'))).trouble).toBe('denied');
    expect(new KernelLog(join(folder, 'nothing')).open()).toBe('gone');
  });

  it('a FIFO in its place does not block', async () => {
    const path = join(folder, 'fifo');
    execFileSync('mkfifo', [path]);
    expect(await read(new KernelLog(path))).toEqual({ texts: [], trouble: undefined });
  });

  it('no record makes the parser throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (one, other) => {
        parseKmsgRecord(one);
        parseKmsgRecord(`6,1,1,-;${one}\\x${other}\n`);
        parseJournal(`${one}\n${other}`);
        parseLog(`Nov 22 14:31:07 host kernel: ${one}\n${other}`, Date.now());
      }),
    );
  });
});

describe('the journal', () => {
  const line = (fields: object) =>
    JSON.stringify({ MESSAGE: KILLED, __REALTIME_TIMESTAMP: '1700000000000000', ...fields });

  it('only senders that journald vouches for are heard', () => {
    const text = [
      line({ _TRANSPORT: 'kernel', SYSLOG_FACILITY: '0' }),
      line({ _TRANSPORT: 'kernel', SYSLOG_FACILITY: '1' }),
      line({ _TRANSPORT: 'syslog', SYSLOG_FACILITY: '0', SYSLOG_IDENTIFIER: 'kernel' }),
      line({ _TRANSPORT: 'stdout', _SYSTEMD_UNIT: 'earlyoom.service', MESSAGE: [104, 105] }),
      line({ _TRANSPORT: 'stdout', UNIT: 'earlyoom.service' }),
      '{"half',
      'null',
    ].join('\n');
    expect(parseJournal(text)).toEqual([
      { from: 'kernel', time: 1_700_000_000_000, text: KILLED },
      { from: 'earlyoom', time: 1_700_000_000_000, text: 'hi' },
    ]);
  });
});

describe('a syslog file', () => {
  it("has the kernel's lines in two forms", () => {
    const now = new Date(2026, 10, 22, 15).getTime();
    const text = `Nov 22 14:31:07 web-1 kernel: [  12.345678] one\n2026-11-22T14:31:07.5+00:00 web-1 kernel: two\nNov 22 14:31:07 web-1 app: three`;
    const lines = parseLog(text, now);
    expect(lines.map((line) => line.text)).toEqual(['one', 'two']);
    expect(lines[0]?.time).toBe(new Date(2026, 10, 22, 14, 31, 7).getTime());
  });

  it('is neither a folder nor a FIFO', () => {
    execFileSync('mkfifo', [join(folder, 'log-fifo')]);
    expect(readLogFile(0, [folder, join(folder, 'log-fifo'), join(folder, 'none')])).toBeUndefined();
  });
});

describe('the counter and the logs together', () => {
  /** A tree whose counter a test sets, and a watch on it. */
  function watchOn(logs: { journal?: string; file?: string }) {
    const root = mkdtempSync(join(folder, 'proc-'));
    const kmsg = join(root, 'no-kmsg');
    const files = logs.file === undefined ? [] : [logs.file];
    const journal = logs.journal === undefined ? [] : [logs.journal];
    const watch = new KillWatch(new Vmstat(root), { kmsg, files, journal }, (uid) => `user${uid}`);
    let monotonic = 0;
    let ahead = 0;
    /** A look, N milliseconds after the one before: a kill that no log has named after 5 s has no name. */
    const check = async (count: number, wantsPast = false, wantsDaemons = false, later = 1100) => {
      writeFileSync(join(root, 'vmstat'), `nr_free_pages 1\noom_kill ${count}\nnuma 1\n`);
      const gaps = new Gaps();
      monotonic += later;
      const news = await watch.sample({
        time: Date.now() + ahead,
        monotonic,
        wantsPast: wantsPast,
        wantsDaemons,
        slices: slices(),
        gaps,
      });
      return { ...news, gaps: gaps.list() };
    };
    /** Has the wall clock of later looks go forward. */
    const forward = (milliseconds: number) => {
      ahead += milliseconds;
    };
    return { check: check, watch, forward };
  }

  it('kills from before the first look are no news', async () => {
    const { check, watch } = watchOn({});
    expect(await check(12)).toMatchObject({ oomKills: 12, events: [] });
    expect(await check(12)).toMatchObject({ oomKills: 12, events: [] });
    watch.close();
  });

  it('a kill that no log names is told of without a name, after a while, and the gap with it', async () => {
    const { check, watch } = watchOn({});
    await check(1);
    const checks = [];
    for (let tick = 0; tick < 8; tick += 1) checks.push(await check(2));
    expect(checks.flatMap(({ events }) => events)).toMatchObject([{ type: 'oom-kill', source: 'counter' }]);
    expect(checks.flatMap(({ events }) => events)[0]).not.toHaveProperty('pid');
    expect(checks[0]?.gaps).toEqual([{ what: 'kernel log', why: 'gone', count: 1 }]);
    watch.close();
  });

  it('a syslog file is quoted as unverified', async () => {
    const file = join(folder, 'kern.log');
    writeFileSync(file, '');
    const { check, watch, forward } = watchOn({ file });
    await check(1);
    writeFileSync(file, `${new Date().toISOString()} web-1 kernel: [ 1.5] ${KILLED}\n`);
    const events: unknown[] = [];
    await until(async () => {
      events.push(...(await check(2, false, false, 0)).events);
      return events.length > 0;
    });
    // It is not reported once more when the file is read again, which is once a second.
    for (let time = 0; time < 2; time += 1) {
      forward(1100);
      events.push(...(await check(2)).events);
    }
    expect(events).toMatchObject([{ pid: 7, name: 'a', user: 'user0', source: 'syslog', verified: false }]);
    watch.close();
  });

  it('an empty journal counts as missing, and the gap is reported', async () => {
    const journal = join(folder, 'journalctl-of-nobody');
    writeFileSync(journal, '#!/bin/sh\n');
    chmodSync(journal, 0o700);
    const { check, watch } = watchOn({ journal });
    let { gaps } = await check(1, true);
    await until(async () => {
      ({ gaps } = await check(1, true));
      return gaps.length > 0;
    });
    expect(gaps).toEqual([{ what: 'kernel log', why: 'gone', count: 1 }]);
    watch.close();
  });

  it('a daemon is heard when a death looked like its work', async () => {
    const journal = join(folder, 'journalctl-of-a-daemon');
    const { check, watch } = watchOn({ journal });
    const output = 'sending SIGTERM to process 7 uid 0 "a": badness 1, VmRSS 345 MiB';
    const line = {
      _SYSTEMD_UNIT: 'earlyoom.service',
      MESSAGE: output,
      __REALTIME_TIMESTAMP: String(Date.now() * 1000),
    };
    writeFileSync(journal, `#!/bin/sh\ncat <<'END'\n${JSON.stringify(line)}\nEND\n`);
    chmodSync(journal, 0o700);
    await check(1);
    const events: unknown[] = [];
    await until(async () => {
      events.push(...(await check(1, false, true)).events);
      return events.length > 0;
    });
    expect(events).toMatchObject([{ pid: 7, by: 'earlyoom', certainty: 'certain', source: 'journal' }]);
    watch.close();
  });

  it('what systemd-oomd marks and then kills is one kill', async () => {
    const journal = join(folder, 'journalctl-of-oomd');
    const { check, watch } = watchOn({ journal });
    const line = (output: string) => ({
      _SYSTEMD_UNIT: 'systemd-oomd.service',
      MESSAGE: `${output} due to memory used (1) / total (1) and swap used (1) / total (1) being more than 90.00%`,
      __REALTIME_TIMESTAMP: String(Date.now() * 1000),
    });
    const lines = [line('Marked /a.scope for killing'), line('Killed /a.scope'), line('Killed /b.scope')];
    writeFileSync(journal, `#!/bin/sh\ncat <<'END'\n${lines.map((each) => JSON.stringify(each)).join('\n')}\nEND\n`);
    chmodSync(journal, 0o700);
    await check(1);
    const events: { cgroup?: string }[] = [];
    await until(async () => {
      events.push(...(await check(1, false, true)).events);
      return events.length > 0;
    });
    expect(events.map(({ cgroup }) => cgroup)).toEqual(['/a.scope', '/b.scope']);
    watch.close();
  });

  it('the cgroup of memtop itself counts its kills, v1 and v2', () => {
    for (const [name, line, file] of [
      ['v1', '4:cpu,memory:/job', 'sys/fs/cgroup/memory/job/memory.oom_control'],
      ['v2', '0::/job', 'sys/fs/cgroup/job/memory.events'],
      ['container', '0::/elsewhere', 'sys/fs/cgroup/memory.events'],
    ] as const) {
      const root = join(folder, name);
      mkdirSync(join(root, 'proc/self'), { recursive: true });
      mkdirSync(join(root, dirname(file)), { recursive: true });
      writeFileSync(join(root, 'proc/self/cgroup'), `${line}\n`);
      expect(new OwnCgroup(root).read()).toBeUndefined();
      writeFileSync(join(root, file), 'oom 1\noom_kill 3\n');
      const own = new OwnCgroup(root);
      expect(own.read()).toBe(3);
      // A cgroup that disappears while it is watched.
      rmSync(join(root, file));
      expect(own.read()).toBeUndefined();
    }
  });

  it('the journal is asked where the device is closed', async () => {
    const journal = join(folder, 'journalctl');
    const { check, watch } = watchOn({ journal });
    await check(1);
    const fields = { _TRANSPORT: 'kernel', SYSLOG_FACILITY: '0', MESSAGE: KILLED };
    const line = JSON.stringify({ ...fields, __REALTIME_TIMESTAMP: String(Date.now() * 1000) });
    writeFileSync(journal, `#!/bin/sh\ncat <<'END'\n${line}\nEND\n`);
    chmodSync(journal, 0o700);
    const events: unknown[] = [];
    await until(async () => {
      events.push(...(await check(2, false, false, 0)).events);
      return events.length > 0;
    });
    expect(events).toMatchObject([{ pid: 7, source: 'journal', verified: true }]);
    watch.close();
  });
});
