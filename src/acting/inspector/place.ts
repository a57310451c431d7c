// What decides which folder of the user's own is used: this process's user and environment.
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
