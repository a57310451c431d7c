// What determines the user's folder: user and environment of this process.
import type { ListeningPlace } from '../../agent/protocol/folders.ts';

export function placeHere(environment: Readonly<Record<string, string | undefined>> = process.env): ListeningPlace {
  return {
    platform: process.platform,
    uid: process.geteuid?.() ?? 0,
    runtimeDirectory: environment['XDG_RUNTIME_DIR'],
    cacheDirectory: environment['XDG_CACHE_HOME'],
    home: environment['HOME'],
  };
}
