// What a cgroup stands for: the container, pod, task, job, machine, session or unit that its path names.
import { existing } from '../../numbers/existing.ts';

export interface CgroupName {
  readonly kind: 'container' | 'pod' | 'task' | 'job' | 'machine' | 'session' | 'unit' | 'cgroup';
  /** Such as `docker 3f2a1b4c5d6e` or `nginx.service`; from the path, so hostile until cleaned. */
  readonly title: string;
  /** The part of the path that names it: what lies below belongs to it. */
  readonly path: string;
}

/** Container ids are 64 hexadecimal digits, of which programs show twelve. */
const ID = '([0-9a-f]{12})[0-9a-f]{52}';

interface Naming {
  readonly kind: CgroupName['kind'];
  /** Matched at the beginning of a path; the match is the part that names the cgroup. Linear in the length of the path. */
  readonly pattern: RegExp;
  readonly title: (parts: readonly string[]) => string;
}

/**
 * The first pattern that matches is used. They follow the cgroup names of runc, crun, conmon, the kubelet, LXC and
 * systemd (systemd.resource-control(5), systemd.special(7)).
 */
const NAMINGS: readonly Naming[] = [
  {
    kind: 'pod',
    pattern: new RegExp(
      `^.*?/(?:(?:[a-z0-9]+-)?kubepods[^/]*-)?pod([0-9a-f]{8})[0-9a-f_-]*(?:\\.slice)?[/:](?:(?:cri-containerd|crio|docker|containerd)[-:])?${ID}(?:\\.scope)?(?=/|$)`,
    ),
    title: ([, pod, id]) => `pod ${pod} container ${id}`,
  },
  {
    kind: 'pod',
    pattern: /^.*?\/(?:(?:[a-z0-9]+-)?kubepods[^/]*-)?pod([0-9a-f]{8})[0-9a-f_-]*(?:\.slice)?(?=\/|$)/,
    title: ([, pod]) => `pod ${pod}`,
  },
  // Amazon ECS: by its agent's folders, by systemd's slices, and on Fargate, where a container is task-number.
  {
    kind: 'task',
    pattern: new RegExp(`^.*?/ecs/(?:[^/]+/)??([0-9a-f]{8})[0-9a-f-]*/${ID}(?=/|$)`),
    title: ecsTitle,
  },
  {
    kind: 'task',
    pattern: new RegExp(`^.*?/ecstasks-([0-9a-f]{8})[0-9a-f]*\\.slice(?:/docker-${ID}\\.scope)?(?=/|$)`),
    title: ecsTitle,
  },
  {
    kind: 'task',
    pattern: /^.*?\/ecs\/([0-9a-f]{8})[0-9a-f]{24}(?:\/[0-9a-f]{32}-(\d{1,12}))?(?=\/|$)/,
    title: ecsTitle,
  },
  // Slurm: cgroup v1 has a folder for each user, v2 a scope of slurmstepd (cgroup.conf(5)).
  {
    kind: 'job',
    pattern:
      /^.*?\/(?:slurm[^/]*\/uid_\d{1,10}|(?:[^/]+_)?slurmstepd\.scope)\/job_(\d{1,12})(?:\/step_([0-9a-z+_]{1,32}))?(?=\/|$)/,
    title: ([, job, step]) => `Slurm job ${job}${step === undefined ? '' : ` step ${step}`}`,
  },
  {
    kind: 'task',
    pattern: /^.*?\/nomad\.slice\/(?:[^/]+\.slice\/)?([0-9a-f]{8})-[0-9a-f-]{27}\.([^/]+)\.scope(?=\/|$)/,
    title: ([, allocation, task = '']) => `Nomad task ${unescaped(task)} of ${allocation}`,
  },
  {
    kind: 'container',
    pattern: new RegExp(
      `^.*?/(docker|libpod(?:-conmon)?|cri-containerd|crio|containerd|nerdctl|buildkit)[-/]${ID}(?:\\.scope)?(?=/|$)`,
    ),
    title: ([, engine = '', id]) => `${ENGINES[engine] ?? engine} ${id}`,
  },
  { kind: 'container', pattern: new RegExp(`^.*?/${ID}(?=/|$)`), title: ([, id]) => `container ${id}` },
  {
    kind: 'container',
    pattern: /^.*?\/lxc(?:\.payload)?[./]([^/]+)/,
    title: ([, name]) => `lxc ${name}`,
  },
  {
    kind: 'machine',
    pattern: /^.*?\/machine\.slice\/(?:systemd-nspawn@|machine-)([^/]+)\.(?:service|scope)(?=\/|$)/,
    title: ([, name = '']) => `machine ${unescaped(name)}`,
  },
  {
    kind: 'session',
    pattern: /^.*?\/user-(\d+)\.slice\/session-([^/]+)\.scope(?=\/|$)/,
    title: ([, uid, session]) => `session ${session} of uid ${uid}`,
  },
];

const ENGINES: Readonly<Record<string, string>> = {
  libpod: 'podman',
  'libpod-conmon': 'podman monitor',
  'cri-containerd': 'containerd',
  crio: 'cri-o',
};

/** Paths longer than this are cut before they are matched (PATH_MAX is 4096, limits.h). */
const LONGEST = 4096;

/** The name of a path as /proc/PID/cgroup has it; the path itself where no pattern matches. */
export function cgroupName(path: string): CgroupName {
  const matched = path.slice(0, LONGEST);
  for (const { kind, pattern, title } of NAMINGS) {
    const match = pattern.exec(matched);
    if (match !== null) return { kind, title: title(match), path: match[0] };
  }
  return unitName(matched) ?? { kind: 'cgroup', title: path === '/' ? '/ (the root cgroup)' : path, path };
}

function ecsTitle([, task, container]: readonly string[]): string {
  return `ECS task ${task}${container === undefined ? '' : ` container ${container}`}`;
}

const UNIT = /[^/]\.(?:service|scope|socket|mount|swap)$/;
const SLICE = /[^/]\.slice$/;
const USER_MANAGER = /^user@(\d{1,10})\.service$/;

/**
 * The innermost unit on a path, with the unit above it where that one manages a delegated subtree (Delegate= of
 * systemd.resource-control(5)), and with the user whose manager it belongs to.
 */
function unitName(path: string): CgroupName | undefined {
  const folders = path.split('/');
  let at = folders.findLastIndex((folder) => UNIT.test(folder));
  if (at === -1) at = folders.findLastIndex((folder) => SLICE.test(folder));
  if (at === -1) return undefined;
  const above = folders.slice(0, at);
  const outer = above.findLast((folder) => UNIT.test(folder) && !USER_MANAGER.test(folder));
  const uid = above.map((folder) => USER_MANAGER.exec(folder)?.[1]).findLast((found) => found !== undefined);
  const title = [
    unescaped(existing(folders[at])),
    ...(outer === undefined ? [] : [`in ${unescaped(outer)}`]),
    ...(uid === undefined ? [] : [`of uid ${uid}`]),
  ].join(' ');
  return { kind: 'unit', title, path: folders.slice(0, at + 1).join('/') };
}

/** systemd writes characters of a name as `\x2d` (systemd.unit(5), string escaping); only ASCII is decoded. */
function unescaped(unit: string): string {
  return unit.replace(/\\x([0-7][0-9a-f])/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
