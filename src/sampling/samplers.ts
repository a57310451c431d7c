// The table of samplers: what --sampler offers. A new sampler is one file and one entry here.
import { UserError } from '../errors/user-error.ts';
import { openProcfs } from './linux/procfs.ts';
import type { Sampler } from './sampler/sampler.ts';

/** What the command line says about where to look. */
export interface SamplerOptions {
  /** A folder that stands for /proc. */
  readonly procRoot?: string;
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
  describe: 'reads /proc, or the tree that --proc-root names',
  async open({ procRoot }) {
    if (procRoot === undefined && process.platform !== 'linux') {
      throw new UserError(
        `There is no /proc to read on ${process.platform}.`,
        'Choose --sampler portable, or give --proc-root a folder.',
      );
    }
    return openProcfs(procRoot);
  },
};

const portable: SamplerEntry = {
  name: 'portable',
  describe: 'asks ps and the system, on macOS, Windows and anywhere else',
  async open({ procRoot }) {
    if (procRoot !== undefined) {
      throw new UserError('The portable sampler reads no /proc tree.', 'Leave out --proc-root, or --sampler portable.');
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

/**
 * Opens a sampler by its name.
 *
 * @throws UserError (by rejecting) when there is none of that name, or when it cannot work here.
 */
export async function openSampler(name: string, options: SamplerOptions = {}): Promise<Sampler> {
  const entry = samplers.find((sampler) => sampler.name === name);
  if (entry !== undefined) return entry.open(options);
  const names = samplers.map((sampler) => sampler.name).join(', ');
  throw new UserError(`There is no sampler named "${name}".`, `Choose one of: ${names}.`);
}
