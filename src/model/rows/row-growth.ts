// How a row grows: by RSS and swap together where its swap has moved, else by RSS, which hides what was swapped out.
import type { Judgement } from '../growth/growth.ts';
import type { Timeline } from '../history/timeline.ts';
import type { Row } from './row.ts';

/** Bytes a second; undefined until there are enough readings. */
export function growthOf({ rss, total }: Row, timeline: Timeline): number | undefined {
  return (total ?? rss).growth(timeline);
}

/** The growth with how it was found and its pattern; undefined until there is enough to say, and of sums of rows. */
export function judgementOf({ rss, total }: Row, timeline: Timeline): Judgement | undefined {
  return (total ?? rss).judgement?.(timeline);
}
