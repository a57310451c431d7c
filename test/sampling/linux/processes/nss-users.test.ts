import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { asksBeyondPasswd, NssUsers } from '../../../../src/sampling/linux/processes/nss-users.ts';
import { UserNames } from '../../../../src/sampling/linux/processes/passwd.ts';
import { ChildCommands } from '../../../../src/sampling/linux/reading/child-commands.ts';

/** A program in the place of getent that answers with what a script prints. */
function setup(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-nss-'));
  const program = join(folder, 'getent');
  writeFileSync(program, `#!/bin/sh\necho "$@" >> ${folder}/asked\n${script}\n`);
  chmodSync(program, 0o755);
  const commands = new ChildCommands();
  onTestFinished(() => {
    commands.close();
    rmSync(folder, { recursive: true });
  });
  const nss = new NssUsers(commands, program);
  return { nss, commands, users: new UserNames(join(folder, 'passwd'), nss), folder };
}

test('a user that /etc/passwd does not have goes by the number first, then by the name that NSS answers', async () => {
  const { nss, commands, users } = setup('echo "alice:*:70001:70001:Alice:/home/alice:/bin/bash"');
  expect([users.nameOf(70001, 0), nss.ask()]).toEqual(['70001', false]);
  await commands.settled(30_000);
  expect([nss.ask(), users.nameOf(70001, 0)]).toEqual([true, 'alice']);
});

test('a uid without a name is asked once only', async () => {
  const { nss, commands } = setup('exit 2');
  nss.nameOf(70001);
  nss.ask();
  await commands.settled(30_000);
  expect(nss.ask()).toBe(false);
  nss.nameOf(70001);
  nss.ask();
  expect(commands.running).toBe(0);
});

test('all uids that are unknown are asked by one program', async () => {
  const { nss, commands, users } = setup('shift; for uid; do echo "user$uid:*:$uid:1::/:/bin/sh"; done');
  for (const uid of [70001, 70002, 70003]) users.nameOf(uid, 0);
  nss.ask();
  expect(commands.running).toBe(1);
  await commands.settled(30_000);
  nss.ask();
  expect([70001, 70002, 70003].map((uid) => users.nameOf(uid, 0))).toEqual(['user70001', 'user70002', 'user70003']);
});

test('a server that does not answer delays nothing: the number stays', () => {
  const { nss, users } = setup('exec sleep 600');
  const before = performance.now();
  users.nameOf(70001, 0);
  expect([nss.ask(), users.nameOf(70001, 0)]).toEqual([false, '70001']);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test('names are cleaned of what a terminal would obey', async () => {
  const { nss, commands, users } = setup(`printf '\\033]0;x\\007ev\\033[31mil:*:70001:1::/:/bin/sh\\n'`);
  users.nameOf(70001, 0);
  nss.ask();
  await commands.settled(30_000);
  nss.ask();
  expect(users.nameOf(70001, 0)).not.toMatch(/\p{Cc}/u);
});

test.each([
  ['passwd: files\n', false],
  ['passwd: files compat [NOTFOUND=return] db\n', false],
  ['passwd: files systemd\n', true],
  ['# passwd: sss\npasswd:\tfiles sss # comment ldap\n', true],
  ['group: files sss\n', false],
  ['', false],
])('nsswitch.conf %j says that there may be other users: %s', (text, expected) => {
  expect(asksBeyondPasswd(text)).toBe(expected);
});
