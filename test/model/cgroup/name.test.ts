import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cgroupName } from '../../../src/model/cgroup/name.ts';

const ID = '3f2a1b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f701';
const TASK = '9781c2480edd4cdb9a93f63cb662a5d3';
const POD = '0a1b2c3d-1111-2222-3333-444455556666';
const POD_UNIT = POD.replaceAll('-', '_');

describe('the name of a cgroup', () => {
  it.each([
    [`/docker/${ID}`, 'container', 'docker 3f2a1b4c5d6e'],
    [`/system.slice/docker-${ID}.scope`, 'container', 'docker 3f2a1b4c5d6e'],
    [`/machine.slice/libpod-${ID}.scope`, 'container', 'podman 3f2a1b4c5d6e'],
    [`/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${ID}.scope`, 'container', 'podman 3f2a1b4c5d6e'],
    [`/machine.slice/libpod-conmon-${ID}.scope`, 'container', 'podman monitor 3f2a1b4c5d6e'],
    [
      `/system.slice/containerd.service/kubepods-besteffort-pod${POD_UNIT}.slice:cri-containerd:${ID}`,
      'pod',
      'pod 0a1b2c3d container 3f2a1b4c5d6e',
    ],
    [`/kubepods/burstable/pod${POD}/${ID}`, 'pod', 'pod 0a1b2c3d container 3f2a1b4c5d6e'],
    [
      `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${POD_UNIT}.slice/cri-containerd-${ID}.scope`,
      'pod',
      'pod 0a1b2c3d container 3f2a1b4c5d6e',
    ],
    [`/kubepods.slice/kubepods-pod${POD_UNIT}.slice/crio-${ID}.scope`, 'pod', 'pod 0a1b2c3d container 3f2a1b4c5d6e'],
    [`/kubepods.slice/kubepods-pod${POD_UNIT}.slice`, 'pod', 'pod 0a1b2c3d'],
    [
      `/system.slice/docker-${ID}.scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod${POD_UNIT}.slice/cri-containerd-${ID}.scope`,
      'pod',
      'pod 0a1b2c3d container 3f2a1b4c5d6e',
    ],
    [`/docker/${ID}/kubelet/kubepods/besteffort/pod${POD}/${ID}`, 'pod', 'pod 0a1b2c3d container 3f2a1b4c5d6e'],
    [`/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod${POD_UNIT}.slice`, 'pod', 'pod 0a1b2c3d'],
    [`/system.slice/docker-${ID}.scope/kubelet.slice/kubelet.service`, 'container', 'docker 3f2a1b4c5d6e'],
    [`/ecs/${TASK}/${ID}`, 'task', 'ECS task 9781c248 container 3f2a1b4c5d6e'],
    [`/ecs/9781c248-0edd-4cdb-9a93-f63cb662a5d3/${ID}`, 'task', 'ECS task 9781c248 container 3f2a1b4c5d6e'],
    [`/ecs/my-cluster/${TASK}/${ID}`, 'task', 'ECS task 9781c248 container 3f2a1b4c5d6e'],
    [`/ecstasks.slice/ecstasks-${TASK}.slice/docker-${ID}.scope`, 'task', 'ECS task 9781c248 container 3f2a1b4c5d6e'],
    [`/ecstasks.slice/ecstasks-${TASK}.slice`, 'task', 'ECS task 9781c248'],
    [`/ecs/${TASK}/${TASK}-2531612879`, 'task', 'ECS task 9781c248 container 2531612879'],
    ['/slurm/uid_1000/job_4711/step_batch/task_0', 'job', 'Slurm job 4711 step batch'],
    ['/slurm_node01/uid_1000/job_4711/step_0', 'job', 'Slurm job 4711 step 0'],
    ['/slurm/uid_1000/job_4711', 'job', 'Slurm job 4711'],
    ['/system.slice/slurmstepd.scope/job_4711/step_extern/user/task_special', 'job', 'Slurm job 4711 step extern'],
    ['/system.slice/node01_slurmstepd.scope/job_4711/step_3+1/user/task_2', 'job', 'Slurm job 4711 step 3+1'],
    ['/system.slice/slurmstepd.scope/system', 'unit', 'slurmstepd.scope'],
    [`/nomad.slice/share.slice/${POD}.web.scope`, 'task', 'Nomad task web of 0a1b2c3d'],
    ['/system.slice/builder.service/runner/session-1.scope', 'unit', 'session-1.scope in builder.service'],
    ['/system.slice/outer.service/inner.service/payload', 'unit', 'inner.service in outer.service'],
    [
      '/user.slice/user-1000.slice/user@1000.service/app.slice/agent.service/job.scope',
      'unit',
      'job.scope in agent.service of uid 1000',
    ],
    ['/lxc/web-1', 'container', 'lxc web-1'],
    ['/lxc.payload.web-1', 'container', 'lxc web-1'],
    ['/machine.slice/systemd-nspawn@web.service', 'machine', 'machine web'],
    ['/machine.slice/machine-qemu\\x2d1\\x2dweb.scope', 'machine', 'machine qemu-1-web'],
    ['/user.slice/user-1000.slice/session-3.scope', 'session', 'session 3 of uid 1000'],
    [
      '/user.slice/user-1000.slice/user@1000.service/app.slice/app-firefox.scope',
      'unit',
      'app-firefox.scope of uid 1000',
    ],
    ['/user.slice/user-1000.slice/user@1000.service', 'unit', 'user@1000.service'],
    ['/system.slice/system-postgresql.slice/postgresql@15-main.service', 'unit', 'postgresql@15-main.service'],
    ['/init.scope', 'unit', 'init.scope'],
    ['/system.slice', 'unit', 'system.slice'],
    ['/', 'cgroup', '/ (the root cgroup)'],
    ['/job/17', 'cgroup', '/job/17'],
    ['/../../other', 'cgroup', '/../../other'],
  ])('%s', (path, kind, title) => {
    expect(cgroupName(path)).toMatchObject({ kind, title });
  });

  it('is the same for everything below the named cgroup', () => {
    for (const path of [`/system.slice/docker-${ID}.scope`, '/system.slice/web.service', '/lxc/web-1'])
      expect(cgroupName(`${path}/init/below`)).toEqual({ ...cgroupName(path), path });
  });

  it('never throws, and is quick whatever the path', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { path, title } = cgroupName(`/${text}`);
        expect(title).not.toBe('');
        expect(`/${text}`.startsWith(path) || path === `/${text}`).toBe(true);
      }),
    );
    for (const part of ['/user@1.service', '/kubepods-pod', '/docker-', '/a.scop', '/lxc'])
      expect(cgroupName(part.repeat(10_000)).title).not.toBe('');
  });
});
