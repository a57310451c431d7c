import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCgroup, parseMemberships } from '../../../../src/sampling/linux/proc/cgroup.ts';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import type { Needs } from '../../../../src/sampling/sampler/sampler.ts';
import { needing, never } from '../../needs.ts';
import { Tree } from '../tree.ts';

const parse = (text: string) => parseCgroup(Buffer.from(text), Buffer.byteLength(text));

describe('/proc/PID/cgroup', () => {
  it('of version 2 is one line', () => {
    expect(parse('0::/system.slice/nginx.service\n')).toBe('/system.slice/nginx.service');
    expect(parse('0::/\n')).toBe('/');
  });

  it('of version 1 tells by the memory controller', () => {
    expect(parse('12:cpu,cpuacct:/a\n5:memory:/docker/abc\n1:name=systemd:/b\n')).toBe('/docker/abc');
    expect(parse('3:cpuset,memory,pids:/both\n')).toBe('/both');
  });

  it('of both tells by the memory controller where version 1 has it, else by version 2', () => {
    expect(parse('9:name=systemd:/s\n4:memory:/job/1\n0::/\n')).toBe('/job/1');
    expect(parse('9:name=systemd:/s\n4:cpu:/c\n0::/unified\n')).toBe('/unified');
    expect(parse('9:name=systemd:/s\n4:cpu:/c\n')).toBe('/s');
  });

  it('keeps colons and blanks of a path, and takes off the mark of one that was removed', () => {
    expect(parse('0::/a b:c::d\n')).toBe('/a b:c::d');
    expect(parse('0::/gone.scope (deleted)\n')).toBe('/gone.scope');
  });

  it('names the path in each hierarchy that matters', () => {
    const text = '9:name=systemd:/s\n4:cpu,memory:/a:b\n0::/c\n';
    expect(parseMemberships(text)).toEqual({ systemd: '/s', unified: '/c', memory: '/a:b' });
    expect(parseMemberships('4:memoryless:/x\n')).toEqual({});
  });

  it('that is empty yields no path', () => {
    for (const text of ['', '\n', '0:', '0::\n', 'memory', '4:cpu:/c\n', '::::\n']) expect(parse(text)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const path = parseCgroup(Buffer.from(bytes), bytes.length);
        expect(path === undefined || path.startsWith('/')).toBe(true);
      }),
    );
  });
});

describe('the sampler', () => {
  let tree: Tree;
  beforeEach(() => {
    tree = new Tree();
    for (const pid of [5, 6]) {
      tree.add(pid);
      tree.write(`${pid}/cgroup`, `0::/system.slice/web-${pid}.service\n`);
    }
  });
  afterEach(() => tree.remove());

  async function checks(...needs: Partial<Needs>[]) {
    const sampler = openProcfs(tree.proc);
    try {
      const seen = [];
      for (const each of needs) {
        const { processes, gaps } = await sampler.sample(needing(each), never);
        seen.push({ cgroups: processes.map(({ cgroup }) => cgroup), gaps });
      }
      return seen;
    } finally {
      sampler.close();
    }
  }

  const cgroup = new Set(['cgroup'] as const);

  it('reads no cgroup by default, and those on the screen when requested', async () => {
    const [nothing, visible] = await checks({}, { measures: cgroup, visible: new Set([6]) });
    expect(nothing?.cgroups).toEqual([undefined, undefined]);
    expect(visible?.cgroups).toEqual([undefined, '/system.slice/web-6.service']);
  });

  it('reads those of all at once, quiet ones too, from the moment groups want them', async () => {
    const still = { measures: new Set<'peak'>() };
    const seen = await checks(still, still, still, still, still, still, { measures: cgroup, ofEveryRow: cgroup });
    expect(seen.at(-1)?.cgroups).toEqual(['/system.slice/web-5.service', '/system.slice/web-6.service']);
  });

  it('counts what cannot be read as a gap', async () => {
    tree.write('5/cgroup', 'nothing of use\n');
    const [seen] = await checks({ measures: cgroup, everyMeasure: true });
    expect(seen?.cgroups).toEqual([undefined, '/system.slice/web-6.service']);
    expect(seen?.gaps).toContainEqual({ what: 'cgroup', why: 'malformed', count: 1 });
  });
});
