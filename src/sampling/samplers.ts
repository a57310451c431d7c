// The table of samplers: what --sampler offers. A new sampler is one file and one entry here.
import { UserError } from '../errors/user-error.ts';
import { openProcfs } from './linux/procfs.ts';
import type { Sampler } from './sampler/sampler.ts';

/** The sampler options of the command line. */
export interface SamplerOptions {
  /** A folder that stands for /proc. */
  readonly procRoot?: string | undefined;
}

export interface SamplerEntry {
  readonly name: string;
  /** One line for the help. */
  readonly describe: string;
  /** @throws UserError (by rejecting) when it cannot work here. */
  open(options: SamplerOptions): Promise<Sampler>;
}

const procfs: SamplerEntry = {
  name: 'procfs',
  describe: 'reads /proc, or the directory given with --proc-root',
  async open({ procRoot }) {
    if (procRoot === undefined && process.platform !== 'linux') {
      throw new UserError(`${process.platform} has no /proc.`, 'Choose --sampler portable, or set --proc-root.');
    }
    return openProcfs(procRoot);
  },
};

const portable: SamplerEntry = {
  name: 'portable',
  describe: 'uses ps and system interfaces; for macOS, Windows and others',
  async open({ procRoot }) {
    if (procRoot !== undefined) {
      throw new UserError('The portable sampler does not read /proc.', 'Omit --proc-root or --sampler portable.');
    }
    const { openPortable } = await import('./portable/portable.ts');
    return openPortable();
  },
};

const auto: SamplerEntry = {
  name: 'auto',
  describe: 'procfs on Linux or with --proc-root, portable elsewhere',
  open(options) {
    const fits = options.procRoot !== undefined || process.platform === 'linux' ? procfs : portable;
    return fits.open(options);
  },
};

/** In the order in which the help lists them; the first is the default. */
export const samplers: readonly SamplerEntry[] = [auto, procfs, portable];

/** The requested sampler and its source, from the settings. */
export interface SamplerChoice extends SamplerOptions {
  readonly sampler: string;
}

/**
 * Opens the requested sampler; the caller closes it.
 *
 * @throws UserError (by rejecting) for an unknown name, or when the sampler cannot work here.
 */
export async function openSampler({ sampler: name, procRoot }: SamplerChoice): Promise<Sampler> {
  const entry = samplers.find((sampler) => sampler.name === name);
  if (entry !== undefined) return entry.open({ procRoot });
  const names = samplers.map((sampler) => sampler.name).join(', ');
  throw new UserError(`Unknown sampler "${name}".`, `Use one of: ${names}.`);
}

/** Opens it, as openSampler does, and closes it when the work is done or has failed. */
export async function withSampler<Result>(
  choice: SamplerChoice,
  work: (sampler: Sampler) => Promise<Result>,
): Promise<Result> {
  const sampler = await openSampler(choice);
  try {
    return await work(sampler);
  } finally {
    sampler.close();
  }
}
