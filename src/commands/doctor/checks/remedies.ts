// What to type about it: as this user, on this distribution.
import type { Remedy } from './check.ts';
import type { Machine } from './machine.ts';

/** A command that needs root, as this user can type it. */
export function asRoot(machine: Machine, command: string): string {
  if (machine.uid === 0) return command;
  if (machine.program('sudo') !== undefined) return `sudo ${command}`;
  return `su -c '${command}'`;
}

/** Running memtop as root; empty for root. */
export function runAsRoot(machine: Machine): Remedy[] {
  if (machine.uid === 0) return [];
  return [{ say: 'Run memtop as root.', type: asRoot(machine, 'memtop') }];
}

const INSTALL: Readonly<Record<string, string>> = {
  debian: 'apt-get install',
  fedora: 'dnf install',
  rhel: 'dnf install',
  suse: 'zypper install',
  arch: 'pacman -S',
  alpine: 'apk add',
};

/** Installing a package, by the tool of this distribution. */
export function install(machine: Machine, name: string): Remedy {
  const tool = machine.distribution.map((id) => INSTALL[id]).find((found) => found !== undefined);
  const say = `Install ${name}.`;
  return tool === undefined ? { say } : { say, type: asRoot(machine, `${tool} ${name}`) };
}

/** Giving the kernel one more parameter at the next start. */
export function bootParameter(machine: Machine, parameter: string): Remedy {
  const isLike = (id: string) => machine.distribution.includes(id);
  if (isLike('fedora') || isLike('rhel')) {
    const type = asRoot(machine, `grubby --update-kernel=ALL --args="${parameter}"`);
    return { say: `Start the kernel with ${parameter}, then restart.`, type };
  }
  const update = isLike('debian') ? 'update-grub' : 'grub-mkconfig -o /boot/grub/grub.cfg';
  return {
    say: `Add ${parameter} to GRUB_CMDLINE_LINUX in /etc/default/grub, regenerate the GRUB menu, then restart.`,
    type: asRoot(machine, update),
  };
}
