// /etc/os-release: which distribution this is (os-release(5)).
import { join } from 'node:path';
import type { FileReader } from '../reading/file-reader.ts';

/** Its paths below a root folder: the second is the file that the first usually links to. */
const PLACES = ['etc/os-release', 'usr/lib/os-release'];

/** The first value that `read` finds in these files below a root folder; undefined without one. */
export function readOsRelease<Fact>(
  above: string,
  reader: FileReader,
  parse: (text: string) => Fact | undefined,
): Fact | undefined {
  for (const place of PLACES) {
    const read = reader.text(join(above, place));
    const found = 'text' in read ? parse(read.text) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Name and version such as "Debian GNU/Linux 12", or undefined when the text names none. */
export function parseDistribution(text: string): string | undefined {
  const name = settingOf(text, 'NAME');
  const version = settingOf(text, 'VERSION_ID');
  if (name !== undefined) return version === undefined ? name : `${name} ${version}`;
  return settingOf(text, 'PRETTY_NAME');
}

/** Values may be quoted as in a shell; of its escapes only a backslash before one character is used there. */
function settingOf(text: string, key: string): string | undefined {
  const raw = new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const quoted = /^(["'])(.*)\1$/.exec(raw);
  const value = (quoted?.[2] ?? raw).replace(/\\(.)/g, '$1');
  return value === '' ? undefined : value;
}

/** The ids of the distribution and of those it is like, nearest first: `['ubuntu', 'debian']`. */
export function parseDistributionIds(text: string): readonly string[] {
  return [settingOf(text, 'ID'), ...(settingOf(text, 'ID_LIKE') ?? '').split(' ')]
    .filter((id) => id !== undefined && /^[a-z0-9._-]{1,64}$/.test(id))
    .map((id) => id as string);
}
