// A part of a recording that can be read by itself.
import type { Member } from './member-reader.ts';

/** A part as it was read. */
export interface RecordedMember extends Member {
  /** What follows it that belongs to no member: the beginning of a header that was cut, or damaged data. */
  readonly followedBy?: 'cut' | 'damage';
}

/** A part that can be read by itself: a member, or lines of a saved stream. */
export interface RecordedPart {
  readonly path: string;
  readonly kind: 'member' | 'stream';
  /** Its offset in the file. */
  readonly at: number;
  /** When it begins, in milliseconds since the epoch, as its header says; undefined where that has none. */
  readonly time: number | undefined;
  read(): RecordedMember;
}
