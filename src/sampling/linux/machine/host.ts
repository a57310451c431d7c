// Host facts without a child process: which machine and distribution the tree belongs to.
import { join } from 'node:path';
import type { Host } from '../../../model/snapshot/snapshot.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { ProcRoot } from '../reading/proc-root.ts';
import { parseDistribution, readOsRelease } from './os-release.ts';

/** Read once; when the machine was booted comes from machine/boot-clock.ts. */
export function readHost(root: ProcRoot, reader: FileReader): Host {
  const text = (...path: string[]) => readText(reader, join(...path));
  const kernel = text(root.path, 'sys/kernel/osrelease')?.trim() || kernelOf(text(root.path, 'version') ?? '');
  const distribution = readOsRelease(root.above, reader, parseDistribution);
  return {
    name: readName(root, reader),
    platform: 'linux',
    kernel: kernel || (root.live ? process.getBuiltinModule('node:os').release() : 'unknown'),
    ...(distribution !== undefined && { distribution }),
  };
}

/**
 * Any tree of a kernel answers with the reader's host name in sys/kernel (gethostname(2)): of a mounted one the name that
 * its own root was given says more.
 */
function readName(root: ProcRoot, reader: FileReader): string {
  const kernels = readText(reader, join(root.path, 'sys/kernel/hostname'))?.trim();
  const given = root.path === '/proc' ? undefined : readText(reader, join(root.above, 'etc/hostname'))?.trim();
  return given || kernels || (root.live ? process.getBuiltinModule('node:os').hostname() : 'unknown');
}

function kernelOf(version: string): string {
  return /^Linux version (\S+)/.exec(version)?.[1] ?? '';
}

function readText(reader: FileReader, path: string): string | undefined {
  const read = reader.text(path);
  return 'text' in read ? read.text : undefined;
}
