// Folders of cgroups: made and removed where the kernel permits it (cgroups(7)).
import { mkdirSync, rmdirSync } from 'node:fs';

/** Makes a cgroup. Returns whether there is a new one. */
export function makeCgroup(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Removes a cgroup; one with processes or other cgroups in it stays, as the kernel refuses to remove it. */
export function removeCgroup(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It is in use, or gone.
  }
}
