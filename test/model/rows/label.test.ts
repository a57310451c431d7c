import { describe, expect, it } from 'vitest';
import { Label } from '../../../src/model/rows/label.ts';
import { processOf } from '../../helpers/reports.ts';

const labelOf = (facts: object) => new Label(processOf({ pid: 1, ...facts }).who);

describe('a label', () => {
  it('has no characters that act on a terminal', () => {
    const label = labelOf({ name: 'a\u001bb', command: 'c\nd', user: 'e\u202ef' });
    expect([label.name, label.command, label.user]).toEqual(['ab', 'c d', 'ef']);
  });

  it('names a program of Node.js by its program, where the kernel says MainThread', () => {
    expect(labelOf({ name: 'MainThread', command: '/usr/bin/node /srv/a.js' }).name).toBe('node');
    expect(labelOf({ name: 'MainThread', command: 'my server' }).name).toBe('my');
    expect(labelOf({ name: 'MainThread', command: '' }).name).toBe('MainThread');
  });

  it('is the name in brackets when the command is missing', () => {
    expect(labelOf({ name: 'kworker/0:1', command: '' }).command).toBe('[kworker/0:1]');
  });

  it.each([
    ['/usr/bin/node server.js', 'node server.js'],
    ['/usr/bin/node /srv/app/server.js', 'node server.js'],
    ['/usr/bin/node --inspect /srv/app/server.js /etc/x', 'node --inspect server.js /etc/x'],
    ['/usr/bin/python3.11 -u /srv/job.py', 'python3.11 -u job.py'],
    ['vim /etc/fstab', 'vim /etc/fstab'],
    ['node src/server.js', 'node src/server.js'],
    ['./run', './run'],
    ['/', '/'],
    ['sshd: root@pts/0', 'sshd: root@pts/0'],
    ['[kworker/0:1]', '[kworker/0:1]'],
  ])('shortens %j to %j', (command, short) => {
    expect(labelOf({ command }).shortCommand).toBe(short);
  });

  it.each([
    ['/usr/bin/node /srv/app/server.js --port 80', 'node server.js'],
    ['/usr/bin/node --inspect --max-old-space-size=64 /srv/app/server.js', 'node server.js'],
    ['/usr/bin/node -e setInterval(f)', 'node'],
    ['python3 -m http.server 80', 'python3'],
    ['postgres: writer process', 'postgres'],
    ['/usr/sbin/mariadbd --user=mysql', 'mariadbd'],
    ['', 'MainThread'],
  ])('names the program of %j as %j', (command, program) => {
    expect(labelOf({ name: 'MainThread', command }).program).toBe(program);
  });

  it('names the program of a command made to cost time in milliseconds', () => {
    const began = performance.now();
    expect(labelOf({ command: `node ${'--a '.repeat(20_000)}` }).program).toBe('node');
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('has no user where it is unknown', () => {
    const { user: _, ...who } = processOf({ pid: 1 }).who;
    expect(new Label(who).user).toBe('');
  });
});
