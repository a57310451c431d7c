import { describe, expect, it } from 'vitest';
import { askable, TmpfsReader } from '../../../../src/sampling/linux/machine/tmpfs-reader.ts';
import { parseMountinfo } from '../../../../src/sampling/linux/proc/mountinfo.ts';
import { FileReader } from '../../../../src/sampling/linux/reading/file-reader.ts';
import { openProcRoot } from '../../../../src/sampling/linux/reading/proc-root.ts';

/** A root on ext4, /dev/shm, a tmpfs below NFS, one below FUSE, one below an automount, and a bind mount of /run. */
const MOUNTS = [
  '27 1 254:0 / / rw,relatime - ext4 /dev/root rw',
  '24 27 0:6 / /dev rw,relatime shared:2 - devtmpfs devtmpfs rw,size=12334460k',
  '25 24 0:23 / /dev/shm rw,relatime shared:3 master:1 - tmpfs tmpfs rw',
  '30 27 0:31 / /run rw - tmpfs tmpfs rw',
  '40 27 0:40 / /net rw - nfs4 server:/ rw',
  '41 40 0:41 / /net/scratch rw - tmpfs tmpfs rw',
  '50 27 0:50 / /home/ada/remote rw - fuse.sshfs ada@far: rw',
  '51 50 0:51 / /home/ada/remote/tmp rw - tmpfs tmpfs rw',
  '52 51 0:52 / /home/ada/remote/tmp/deep rw - tmpfs tmpfs rw',
  '60 27 0:60 / /auto rw - autofs systemd-1 rw,fd=5',
  '61 60 0:61 / /auto/x rw - tmpfs tmpfs rw',
  '70 27 0:31 /user /srv/my\\040run rw - tmpfs tmpfs rw',
  'not a mount',
  '',
].join('\n');

describe('the tmpfs that are asked how much they hold', () => {
  it('are those that no network, FUSE or automount stands before, each file system once', () => {
    expect(askable(parseMountinfo(MOUNTS)).map(({ folder }) => folder)).toEqual(['/dev/shm', '/run']);
  });

  it('are those in a root of any kind, and a root that is one', () => {
    const mounts = parseMountinfo('27 1 0:1 / / rw - nfs4 server:/ rw\n28 27 0:2 / /tmp rw - tmpfs tmpfs rw\n');
    expect(askable(mounts).map(({ folder }) => folder)).toEqual(['/tmp']);
    expect(askable(parseMountinfo('27 1 0:1 / / rw - tmpfs tmpfs rw\n'))).toHaveLength(1);
  });

  it('are found though mounts name one another in a circle', () => {
    expect(askable(parseMountinfo('5 6 0:1 / /a rw - tmpfs a rw\n6 5 0:2 / /b rw - tmpfs b rw\n'))).toEqual([]);
  });
});

it('paths of mountinfo are read with their spaces', () => {
  expect(parseMountinfo(MOUNTS).at(-1)).toEqual({
    id: 70,
    parent: 27,
    device: '0:31',
    folder: '/srv/my run',
    kind: 'tmpfs',
  });
});

it.runIf(process.platform === 'linux')('the tmpfs of this machine are read, largest first', () => {
  const used = new TmpfsReader(openProcRoot('/proc'), new FileReader()).read(0);
  expect(used.map((each) => each.used)).toEqual(used.map((each) => each.used).toSorted((one, other) => other - one));
  for (const each of used) expect(each.folder).toMatch(/^\//);
});
