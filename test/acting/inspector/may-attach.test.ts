import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Attachable,
  mayAttach,
  type Objection,
  objectionToOpening,
} from '../../../src/acting/inspector/may-attach.ts';
import { Processes } from '../../../src/agent/client/finding/processes.ts';
import { Programs } from '../../helpers/programs.ts';

const PID = 42;
const UID = 1000;
const CAUGHT = '0000000000000200';
const NONE = '0000000000000000';

const programs = new Programs();

afterEach(() => programs.end());

interface Scene {
  readonly exe?: string;
  readonly uid?: number;
  readonly state?: string;
  readonly caught?: string;
  readonly blocked?: string;
  readonly ignored?: string;
  readonly net?: string;
  readonly args?: string;
  readonly options?: string;
  /** Lines of net/tcp. */
  readonly tcp?: readonly string[];
  /** Inodes of sockets it has open. */
  readonly sockets?: readonly string[];
}

const listener = (port: number, inode: string) =>
  `   0: 0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0`;

/** A tree with one process in it, which may be attached to unless the scene says otherwise. */
function judge(scene: Scene): Attachable | Objection {
  const {
    exe = '/usr/bin/node',
    uid = UID,
    state = 'S (sleeping)',
    net = 'net:[1]',
    args = 'node\0app.js\0',
    options,
  } = scene;
  const root = programs.folder();
  const own = join(root, String(PID));
  for (const folder of [
    join(own, 'fd'),
    join(own, 'ns'),
    join(own, 'net'),
    join(root, 'self/ns'),
    join(root, 'self/net'),
  ]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(join(own, 'stat'), `${PID} (node) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 7 0 5555 1000000 500 0\n`);
  writeFileSync(
    join(own, 'status'),
    `Name:\tnode\nState:\t${state}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nSigBlk:\t${scene.blocked ?? NONE}\n` +
      `SigIgn:\t${scene.ignored ?? NONE}\nSigCgt:\t${scene.caught ?? CAUGHT}\n`,
  );
  writeFileSync(join(own, 'cmdline'), args);
  writeFileSync(join(own, 'environ'), options === undefined ? '' : `A=1\0NODE_OPTIONS=${options}\0`);
  symlinkSync(exe, join(own, 'exe'));
  symlinkSync(net, join(own, 'ns/net'));
  symlinkSync('net:[1]', join(root, 'self/ns/net'));
  const tcp = `header\n${(scene.tcp ?? []).join('\n')}\n`;
  for (const where of [own, join(root, 'self')]) writeFileSync(join(where, 'net/tcp'), tcp);
  for (const [index, inode] of (scene.sockets ?? []).entries())
    symlinkSync(`socket:[${inode}]`, join(own, 'fd', String(index)));
  const processes = new Processes(root);
  const target = mayAttach(processes, PID, UID);
  const objection = 'objection' in target ? undefined : objectionToOpening(processes, target);
  return objection === undefined ? target : { objection };
}

describe('attaching to a Node process', () => {
  it('is allowed when it catches the signal and its port is free', () => {
    expect(judge({})).toEqual({ pid: PID, startTime: 5555, program: '/usr/bin/node', innerPid: PID, port: 9229 });
  });

  it.each<[string, Scene, RegExp]>([
    ['the signal would kill it', { caught: NONE }, /would kill it/],
    ['it only blocks the signal: its inspector is disabled', { caught: NONE, blocked: CAUGHT }, /--disable-sigusr1/],
    ['it ignores the signal', { caught: NONE, ignored: CAUGHT }, /ignores SIGUSR1/],
    ['it is not Node', { exe: '/usr/bin/python3.11' }, /runs python3\.11, which is not Node/],
    ['it is another runtime that only sounds like it', { exe: '/opt/nodejunk/nodemon' }, /not Node/],
    ['it belongs to another user', { uid: 33 }, /another user/],
    ['it is in another network namespace', { net: 'net:[2]' }, /another network namespace/],
    ['it is stopped', { state: 'T (stopped)' }, /is stopped/],
    ['it is a zombie', { state: 'Z (zombie)' }, /has exited/],
    ['the port is in use by another process', { tcp: [listener(9229, '99')] }, /Port 9229.*in use/],
    [
      'the port it was told to use is taken',
      { args: 'node\0--inspect-port=127.0.0.1:7000\0', tcp: [listener(7000, '99')] },
      /Port 7000/,
    ],
    [
      'the port its NODE_OPTIONS name is taken',
      { options: '--no-warnings --inspect-port=7001', tcp: [listener(7001, '99')] },
      /Port 7001/,
    ],
  ])('is refused when %s', (_, scene, objection) => {
    expect(judge(scene)).toEqual({ objection: expect.stringMatching(objection) });
  });

  it('knows Node by its usual names, also once its file was replaced', () => {
    for (const exe of ['/usr/bin/nodejs', '/opt/node-v22', '/usr/local/bin/node20', '/usr/bin/node (deleted)']) {
      expect(judge({ exe })).toMatchObject({ pid: PID });
    }
  });

  it('does not mind a taken port when its own is any', () => {
    expect(judge({ args: 'node\0--inspect-port=0\0', tcp: [listener(9229, '99')] })).toMatchObject({ pid: PID });
  });

  it('is refused for a process there is not', () => {
    expect(mayAttach(new Processes(programs.folder()), 7, UID)).toEqual({ objection: 'There is no process 7.' });
  });
});
