import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../../src/commands/doctor/checks/check.ts';
import { CHECKS } from '../../../src/commands/doctor/checks/checks.ts';
import { settingsState } from '../../../src/commands/doctor/checks/settings-state.ts';
import { examine, tintFor } from '../../../src/commands/doctor/doctor.ts';
import { formatReport, formatReportJson, isBroken } from '../../../src/commands/doctor/report.ts';
import { perform } from '../../../src/main.ts';
import { fakeContext } from '../../helpers/fake-context.ts';
import { SETTINGS } from '../../helpers/states.ts';
import { type FakeFacts, fakeMachine } from './fake-machine.ts';

function find(id: string, facts: FakeFacts = {}): Finding {
  const checked = examine(fakeMachine(facts)).find(({ check }) => check.id === id);
  if (checked === undefined) throw new Error(`There is no check ${id}.`);
  return checked.finding;
}

const typed = ({ remedies = [] }: Finding) => remedies.map(({ type }) => type);

it('every check has an id of its own, a purpose and a cost', () => {
  const checks = CHECKS.flatMap((group) => [...group.checks]);
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  for (const { id, purpose, cost } of checks) {
    expect(id).toMatch(/^[a-z0-9-]+$/);
    expect(purpose).not.toBe('');
    expect(cost).toMatch(/^(?:[A-Z]|memtop ).*\.$/);
  }
});

it('whatever is limited or missing comes with something to do', () => {
  const bare = fakeMachine({ files: {}, programs: [], environment: { TERM: 'dumb' }, size: { columns: 10, rows: 3 } });
  const nothing = {
    ...bare,
    read: () => ({ why: 'gone' }) as const,
    open: () => 'gone' as const,
    names: () => undefined,
  };
  for (const { check, finding } of examine(nothing)) {
    if (check.id === 'cgroup' || finding.state === 'ok' || finding.state === 'not-here') continue;
    expect(finding.remedies?.length, check.id).toBeGreaterThan(0);
  }
});

describe('processes', () => {
  it('a machine without a proc tree is broken', () => {
    const checked = examine(fakeMachine({ proc: '/nowhere', names: () => undefined }));
    expect(isBroken(checked)).toBe(true);
  });

  it('hidepid is reported with the group that may see all', () => {
    const files = { '/proc/self/mounts': 'proc /proc proc rw,hidepid=2,gid=27 0 0\n', '/proc/1/stat': null };
    const finding = find('processes', { files });
    expect(finding).toMatchObject({ state: 'limited', found: expect.stringContaining('hidepid=2') });
    expect(typed(finding)).toContain('sudo usermod -aG $(getent group 27 | cut -d: -f1) ann');
  });

  it('PSS and USS are counted over the processes of other users', () => {
    const status = (uid: number) => `Name:\tx\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nVmSize:\t1 kB\n`;
    const files = {
      '/proc/7/status': status(0),
      '/proc/7/smaps_rollup': null,
      '/proc/8/status': status(1000),
      '/proc/9/status': 'Name:\tkthreadd\nUid:\t0\t0\t0\t0\n',
    };
    const finding = find('shares', { files });
    expect(finding).toMatchObject({ state: 'limited', found: 'Readable for 0 of 1 processes of other users.' });
    expect(typed(finding)).toEqual(['sudo memtop']);
    expect(typed(find('shares', { files, programs: [] }))).toEqual(["su -c 'memtop'"]);
  });

  it('a low limit of open files is reported with the way to raise it', () => {
    const files = {
      '/proc/self/limits': 'Max open files            256                  256                  files\n',
    };
    expect(find('descriptors', { files })).toMatchObject({
      state: 'limited',
      found: 'The limit allows 64 of 508 files.',
    });
  });

  it('elsewhere the portable sampler needs ps', () => {
    expect(find('processes', { platform: 'darwin' }).state).toBe('ok');
    expect(find('processes', { platform: 'darwin', programs: [] }).state).toBe('missing');
    const ids = examine(fakeMachine({ platform: 'win32', uid: undefined })).filter(
      ({ finding }) => finding.state === 'not-here',
    );
    expect(ids.map(({ check }) => check.id)).toEqual(
      expect.arrayContaining(['shares', 'kernel-log', 'pressure', 'cgroup']),
    );
  });
});

describe('kernel', () => {
  it('the log may be readable, forbidden, in the journal, forgeable or absent', () => {
    expect(find('kernel-log', { files: { '/dev/kmsg': '' } }).state).toBe('ok');
    const journal = '/var/log/journal/0123/system.journal';
    expect(find('kernel-log', { files: { '/dev/kmsg': null, [journal]: '' } }).state).toBe('ok');
    const denied = find('kernel-log', { files: { '/dev/kmsg': null, [journal]: null } });
    expect(denied.state).toBe('missing');
    expect(typed(denied)).toEqual([
      'sudo memtop',
      'sudo usermod -aG systemd-journal ann',
      'sudo sysctl kernel.dmesg_restrict=0',
    ]);
    expect(find('kernel-log', { files: { '/dev/kmsg': null, '/var/log/syslog': '' } })).toMatchObject({
      state: 'limited',
      found: expect.stringContaining('any user can forge'),
    });
    expect(typed(find('kernel-log', { uid: 0 }))).toEqual(['docker run --device /dev/kmsg --cap-add SYSLOG …']);
  });

  it('pressure that is switched off is reported with the parameter of this distribution', () => {
    const files = { '/proc/pressure/memory': null };
    expect(typed(find('pressure', { files, isLive: true }))).toEqual(['sudo update-grub']);
    expect(typed(find('pressure', { files, isLive: true, distribution: ['rocky', 'rhel'] }))).toEqual([
      'sudo grubby --update-kernel=ALL --args="psi=1"',
    ]);
  });

  it('the limit in force is the nearest one, of either version', () => {
    expect(find('cgroup').found).toBe('version 2; no limit applies here.');
    const above = {
      '/proc/meminfo': 'MemTotal: 2000000 kB\nMemAvailable: 1000000 kB\n',
      '/sys/fs/cgroup/user.slice/memory.max': 'max\n',
      '/sys/fs/cgroup/memory.max': '104857600\n',
      '/sys/fs/cgroup/memory.current': '52428800\n',
    };
    expect(find('cgroup', { files: above }).found).toBe(
      'version 2; limit here (of this container): 100M limit, 50.0M left.',
    );
    const first = {
      '/proc/self/mountinfo': '35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n',
      '/proc/self/cgroup': '4:memory:/job\n0::/\n',
      '/sys/fs/cgroup/memory/job/memory.limit_in_bytes': '9223372036854771712\n',
    };
    expect(find('cgroup', { files: first }).found).toBe('version 1; no limit applies here.');
    const off = { '/sys/fs/cgroup/cgroup.controllers': 'cpu pids\n' };
    expect(find('cgroup', { files: off }).state).toBe('limited');
  });
});

describe('collecting', () => {
  it('a folder open to others is skipped, and reported', () => {
    const facts = (path: string) =>
      path === '/tmp/memtop-1000' ? { uid: 1000, mode: 0o40755 } : { uid: 1000, mode: 0o40700 };
    const finding = find('socket-folder', { facts });
    expect(finding.found).toBe(
      '/home/ann/.cache/memtop is usable. The folder /tmp/memtop-1000 is accessible to other users.',
    );
    expect(typed(finding)).toEqual(['chmod 700 /tmp/memtop-1000']);
  });

  it('a folder whose path is too long cannot hold sockets', () => {
    const environment = { XDG_RUNTIME_DIR: `/${'x'.repeat(90)}` };
    expect(find('socket-folder', { environment }).found).toContain('has a path too long for a socket');
  });

  it('a missing runtime is reported with the way to install it', () => {
    expect(typed(find('runtimes', { programs: ['node', 'sudo'] }))).toEqual(['sudo apt-get install python3']);
    expect(typed(find('runtimes', { programs: ['python3'], uid: 0, distribution: ['alpine'] }))).toEqual([
      'apk add nodejs',
    ]);
  });

  it('NODE_OPTIONS that require a missing file are reported', () => {
    const environment = { NODE_OPTIONS: '--require /gone/agent.cjs' };
    expect(find('node-options', { environment })).toMatchObject({
      state: 'limited',
      found: expect.stringContaining('/gone'),
    });
    expect(find('node-options', { environment, files: { '/gone/agent.cjs': '' } }).found).toBe('Loads the agent.');
  });
});

describe('the settings file', () => {
  it('is there and valid, is to be written, is not wanted, or is reported with its mistake', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'memtop-doctor-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'config.toml');
    const finding = async (MEMTOP_CONFIG: string) =>
      find('settings', { settings: await settingsState({ MEMTOP_CONFIG }) });
    expect(await finding(path)).toEqual({ state: 'ok', found: `None; press S in the monitor to write ${path}.` });
    writeFileSync(path, 'theme = "monochrome"\n');
    expect(await finding(path)).toEqual({ state: 'ok', found: `${path} is valid.` });
    writeFileSync(path, '\nthem = "monochrome"\n');
    expect(await finding(path)).toEqual({
      state: 'missing',
      found: `${path}:2: Unknown setting 'them'.`,
      remedies: [{ say: "Did you mean 'theme'?" }],
    });
    expect((await finding(folder)).found).toContain('is a folder');
    expect((await finding('/dev/null')).state).toBe('not-here');
  });
});

describe('terminal', () => {
  it('a dumb terminal, an ASCII locale and NO_COLOR are reported with what changes them', () => {
    const environment = { TERM: 'dumb', LANG: 'C', NO_COLOR: '1' };
    expect(find('screen', { environment }).state).toBe('missing');
    expect(typed(find('utf-8', { environment }))).toEqual(['export LANG=C.UTF-8']);
    expect(typed(find('colours', { environment }))).toEqual(['unset NO_COLOR']);
    expect(find('mouse', { environment }).state).toBe('limited');
    expect(find('mouse', { environment: { TERM: 'screen', STY: '1.own' } }).found).toContain('GNU screen');
  });

  it('a small terminal is limited, one below 20 by 5 too small', () => {
    expect(find('size', { size: { columns: 40, rows: 10 } }).state).toBe('limited');
    expect(find('size', { size: { columns: 19, rows: 10 } }).state).toBe('missing');
    expect(find('size', { size: undefined }).state).toBe('not-here');
  });
});

describe('the report', () => {
  it('fits the terminal, commands excepted, and carries nothing that a terminal would obey', () => {
    const environment = { TERM: 'dumb\u001b]0;x\u0007', LANG: '\u009b31m' };
    const checked = examine(fakeMachine({ environment }));
    for (const text of [formatReport(checked, 80), formatReportJson(checked)]) {
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }
    const sentences = formatReport(checked, 80)
      .split('\n')
      .filter((line) => !/^ {37}\S|^ {33}\//.test(line));
    for (const line of sentences) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('as JSON is one document with a remedy for what is not ok', async () => {
    const context = fakeContext();
    const code = await perform(['doctor', '--json'], context);
    const { version, broken, checks } = JSON.parse(context.printed.join(''));
    expect([version, broken, code]).toEqual([1, false, 0]);
    expect(checks.map(({ id }: { id: string }) => id)).toEqual(
      CHECKS.flatMap((group) => group.checks.map(({ id }) => id)),
    );
  });

  it('exits with 1 on a directory that is not a procfs, and says that nothing can be watched', async () => {
    const context = fakeContext();
    expect(await perform(['doctor', '--proc-root', '/nowhere'], context)).toBe(1);
    expect(context.printed.join('')).toContain('memtop cannot watch this machine.');
  });
});

describe('what could be harmed', () => {
  const open = { pid: 7, uid: 33, address: '127.0.0.1', port: 9229, isHere: true, since: 100, isSinceKnown: true };
  const isLive = true;

  it('a debugger that is open is named with its owner, its age and who can reach it', () => {
    const files = { '/proc/7/comm': 'node\n', '/proc/uptime': '61.00 1.0\n' };
    const finding = find('debuggers', { isLive, uid: 0, files, debuggers: [{ ...open, isOurs: false }] });
    expect(finding.state).toBe('limited');
    expect(finding.found).toBe(
      '1 open: node (7, uid 33) on 127.0.0.1:9229 for 1m, open to every user of this machine.',
    );
  });

  it('one that memtop left open comes with the command that closes it', () => {
    const finding = find('debuggers', { isLive, uid: 0, debuggers: [{ ...open, isOurs: true }] });
    expect(finding.found).toContain('opened by a memtop that was killed');
    expect(typed(finding)).toEqual(['memtop collect --attach 7']);
  });

  it('one on all addresses is open to other machines, one in another network namespace to that', () => {
    const all = { ...open, address: '0.0.0.0', isOurs: false, isSinceKnown: false };
    const { found } = find('debuggers', { isLive, uid: 0, debuggers: [all, { ...all, isHere: false }] });
    expect(found).toContain('and the network');
    expect(found).toContain('open to its network namespace');
  });

  it('a /proc of another PID namespace means that memtop acts on nothing', () => {
    const foreignPids =
      '/proc belongs to another PID namespace: there memtop is process 9, and signals would reach others.';
    const finding = find('acting', { foreignPids, uid: 0 });
    expect(finding).toMatchObject({
      state: 'limited',
      found: expect.stringContaining('cannot act on the processes shown'),
    });
    expect(typed(finding)).toEqual(['unshare --pid --fork --mount-proc memtop']);
  });
});

describe('the words of the states', () => {
  const report = (isTerminal: boolean, color: boolean) =>
    formatReport(examine(fakeMachine()), 80, tintFor({ ...SETTINGS, color }, isTerminal));

  it('have a colour each on a terminal, and nothing else has', () => {
    const start = '\u001b';
    expect(report(true, true)).toContain(`  ${start}[38;5;114mok${start}[0m       `);
    expect(
      report(true, true).replaceAll(new RegExp(`${start}\\[[\\d;]*m(ok|limited|missing|n/a)${start}\\[0m`, 'g'), '$1'),
    ).toBe(report(false, true));
  });

  it('have none where stdout is not a terminal, or colour is not wanted', () => {
    expect(report(false, true)).not.toContain('\u001b');
    expect(report(true, false)).not.toContain('\u001b');
  });
});
