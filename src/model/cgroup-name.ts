// What a cgroup is in words: the container, pod, machine, session or unit that its path names.

export interface CgroupName {
  readonly kind: 'container' | 'pod' | 'machine' | 'session' | 'unit' | 'cgroup';
  /** Such as `docker 3f2a1b4c5d6e` or `nginx.service`; from the path, hence hostile until cleaned. */
  readonly title: string;
  /** The part of the path that names it: what lies below belongs to it. */
  readonly path: string;
}

/** Container ids are 64 hexadecimal digits, of which programs show twelve. */
const ID = '([0-9a-f]{12})[0-9a-f]{52}';

interface Naming {
  readonly kind: CgroupName['kind'];
  /** Found at the beginning of a path; what it matches is the part that names. Linear in the length of the path. */
  readonly pattern: RegExp;
  readonly title: (parts: readonly string[]) => string;
}

/**
 * The first that matches names the path. Written after what runc, crun, conmon, the kubelet, LXC and
 * systemd (systemd.resource-control(5), systemd.special(7)) call their cgroups.
 */
const NAMINGS: readonly Naming[] = [
  {
    kind: 'pod',
    pattern: new RegExp(
      `^.*?/(?:kubepods[^/]*-)?pod([0-9a-f]{8})[0-9a-f_-]*(?:\\.slice)?[/:](?:(?:cri-containerd|crio|docker|containerd)[-:])?${ID}(?:\\.scope)?(?=/|$)`,
    ),
    title: ([, pod, id]) => `pod ${pod} container ${id}`,
  },
  {
    kind: 'pod',
    pattern: /^.*?\/(?:kubepods[^/]*-)?pod([0-9a-f]{8})[0-9a-f_-]*(?:\.slice)?(?=\/|$)/,
    title: ([, pod]) => `pod ${pod}`,
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
  {
    kind: 'unit',
    pattern: /^.*?\/user@(\d+)\.service\/(?:.*\/)?([^/]+\.(?:service|scope|socket|mount|swap))(?=\/|$)/,
    title: ([, uid, unit = '']) => `${unescaped(unit)} of uid ${uid}`,
  },
  {
    kind: 'unit',
    pattern: /^(?:.*\/)?([^/]+\.(?:service|scope|socket|mount|swap))(?=\/|$)/,
    title: ([, unit = '']) => unescaped(unit),
  },
  { kind: 'unit', pattern: /^(?:.*\/)?([^/]+\.slice)(?=\/|$)/, title: ([, unit = '']) => unescaped(unit) },
];

const ENGINES: Readonly<Record<string, string>> = {
  libpod: 'podman',
  'libpod-conmon': 'podman monitor',
  'cri-containerd': 'containerd',
  crio: 'cri-o',
};

/** Paths longer than this are cut before they are looked at (PATH_MAX is 4096, limits.h). */
const LONGEST = 4096;

/** The name of a path as /proc/PID/cgroup has it; the path itself where nothing in it is known. */
export function cgroupName(path: string): CgroupName {
  const looked = path.slice(0, LONGEST);
  for (const { kind, pattern, title } of NAMINGS) {
    const match = pattern.exec(looked);
    if (match !== null) return { kind, title: title(match), path: match[0] };
  }
  return { kind: 'cgroup', title: path === '/' ? '/ (the root cgroup)' : path, path };
}

/** systemd writes characters of a name as `\x2d` (systemd.unit(5), string escaping); only ASCII is put back. */
function unescaped(unit: string): string {
  return unit.replace(/\\x([0-7][0-9a-f])/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
