// Kills in the memory cgroup that memtop itself is in: memory.events of cgroup v2, memory.oom_control of v1, both since 4.13.
import { readFileSync } from 'node:fs';
import { parseMemberships } from '../proc/cgroup.ts';

export class OwnCgroup {
  /** Its path, as /proc/self/cgroup has it. */
  readonly path: string;
  readonly #file: string | undefined;

  /** @param root what stands for /: cgroups are mounted in sys/fs/cgroup of it */
  constructor(root = '/') {
    const text = textOf(`${root}/proc/self/cgroup`) ?? '';
    const { memory, unified = '/' } = parseMemberships(text);
    this.path = memory ?? unified;
    const [folder, file] = memory === undefined ? ['', 'memory.events'] : ['/memory', 'memory.oom_control'];
    const mount = `${root}/sys/fs/cgroup${folder}`;
    // A container has its own cgroup where others have the root, whatever the path says.
    this.#file = [`${mount}${this.path}/${file}`, `${mount}/${file}`].find((path) => textOf(path) !== undefined);
  }

  /** Kills so far; undefined where they are not counted, or the cgroup is gone. */
  read(): number | undefined {
    const text = this.#file === undefined ? undefined : textOf(this.#file);
    const digits = /^oom_kill (\d{1,15})$/m.exec(text ?? '')?.[1];
    return digits === undefined ? undefined : Number(digits);
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
