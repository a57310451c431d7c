// --survive: memtop survives the shortage that it reports: its OOM score is lowered, and memory is reserved.
import { writeKernelFile } from '../files/kernel-file.ts';
import { gaugeOf } from '../model/cgroup/gauge.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { Sampler } from '../sampling/sampler/sampler.ts';

/**
 * What is added to memtop's badness (proc_pid_oom_score_adj(5)): nine tenths of all memory less than it uses. Not −1000:
 * a process that can never be killed can take the machine down with it.
 */
const ADJUSTMENT = -900;
/** Bytes reserved for when memory runs out, and freed when less than this is left. */
const RESERVE = 4 * 2 ** 20;
const SHORT = 40 * 2 ** 20;
/** It is taken again only when there is clearly more. */
const AMPLE = 4 * SHORT;
const OWN = '/proc/self/oom_score_adj';

/** Tells the kernel to kill memtop last. Returns a sentence for the user where that is denied; never throws. */
export function protectFromOom(platform: string, path = OWN): string | undefined {
  if (platform !== 'linux') return '--survive has no effect: only Linux has an OOM killer.';
  try {
    writeKernelFile(path, String(ADJUSTMENT));
    return undefined;
  } catch {
    return '--survive was refused: it needs root with CAP_SYS_RESOURCE. memtop continues unprotected.';
  }
}

/** Memory that is really held and can be given back at once, without waiting for a garbage collection. */
export class Reserve {
  readonly #bytes = new ArrayBuffer(RESERVE, { maxByteLength: RESERVE });

  constructor() {
    this.#hold();
  }

  /** Gives it back while memory is short, and takes it again when there is plenty. */
  adapt({ system }: Pick<Snapshot, 'system'>): void {
    const headrooms = [system.available, gaugeOf(system)?.available].filter((headroom) => headroom !== undefined);
    if (headrooms.length === 0) return;
    const left = Math.min(...headrooms);
    if (left < SHORT && this.#bytes.byteLength > 0) this.#bytes.resize(0);
    else if (left > AMPLE && this.#bytes.byteLength === 0) this.#hold();
  }

  get held(): number {
    return this.#bytes.byteLength;
  }

  /** A page takes memory only once something was written to it. */
  #hold(): void {
    this.#bytes.resize(RESERVE);
    new Uint8Array(this.#bytes).fill(1);
  }
}

/** A sampler that keeps a reserve, and frees it when a snapshot shows that memory is short. */
export function surviving(sampler: Sampler, reserve = new Reserve()): Sampler {
  // What names a kill is loaded now: when the kernel kills, there may be no memory to load anything.
  // Where that fails now, the first kill tries again.
  import('../sampling/linux/oom/kill-names.ts').catch(() => undefined);
  return {
    name: sampler.name,
    sample: async (needs, signal) => {
      const snapshot = await sampler.sample(needs, signal);
      reserve.adapt(snapshot);
      return snapshot;
    },
    close: () => sampler.close(),
  };
}
