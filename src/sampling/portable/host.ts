// Host facts for the portable sampler.
import { hostname, release, uptime } from 'node:os';
import type { Host } from '../../model/snapshot/snapshot.ts';
import { parseDistribution, readOsRelease } from '../linux/machine/os-release.ts';
import { FileReader } from '../linux/reading/file-reader.ts';
import type { SourceAnswer } from './question.ts';

/** On Linux from os-release, which is immediately available; elsewhere from systeminformation. */
export async function describeHost(
  askSystem: () => Promise<SourceAnswer<{ distro: string; release: string }>>,
): Promise<Host> {
  const distribution =
    process.platform === 'linux' ? readOsRelease('/', new FileReader(), parseDistribution) : nameOf(await askSystem());
  return {
    name: hostname(),
    platform: process.platform,
    kernel: release(),
    ...(distribution !== undefined && { distribution }),
    bootedAt: Math.round(Date.now() - uptime() * 1000),
  };
}

function nameOf(answer: SourceAnswer<{ distro: string; release: string }>): string | undefined {
  if (!('value' in answer)) return undefined;
  const words = [answer.value.distro, answer.value.release].filter((word) => word && word !== 'unknown');
  return words.length === 0 ? undefined : words.join(' ');
}
