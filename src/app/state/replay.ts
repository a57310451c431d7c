// The state of a replay: whether it plays, and how fast.

/** Set while a recording is played; `past` is then always the moment shown. */
export interface ReplayState {
  readonly isPlaying: boolean;
  /** Recorded time that passes in a second of real time, in seconds. */
  readonly speed: number;
}

/** What it does, as text: `playing 10x`. */
export function playText({ isPlaying, speed }: ReplayState): string {
  return isPlaying ? `playing ${speed}x` : 'paused';
}

/** The speeds that `x` goes through. */
export const SPEEDS = [1, 2, 10, 60] as const;
