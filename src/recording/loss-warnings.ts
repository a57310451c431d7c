// What users are told of losses in a recording.
import type { Loss } from './playback.ts';

/** The sentences, and whether something was damaged: a tail that is not verified is normal while a recorder runs. */
export function lossWarnings({ damage, hasUnverifiedTail }: Loss, path: string) {
  const tail = `${path}: unverified tail: it ends early, so its last part has no checksum.`;
  return { warnings: [...damage, ...(hasUnverifiedTail ? [tail] : [])], isDamaged: damage.length > 0 };
}
