// What a check is, and what it can find.
import type { Machine } from './machine.ts';

/** `not-here`: this system has no such thing, and nothing that the user can do would change that. */
export const STATES = ['ok', 'limited', 'missing', 'not-here'] as const;
export type CheckState = (typeof STATES)[number];

/** One thing to do about it. */
export interface Remedy {
  /** A sentence. */
  readonly say: string;
  /** What to type for it. */
  readonly type?: string;
}

export interface Finding {
  readonly state: CheckState;
  /** What was found, a sentence. */
  readonly found: string;
  readonly remedies?: readonly Remedy[];
}

export interface Check {
  /** For other programs: never changes. */
  readonly id: string;
  readonly title: string;
  /** What memtop uses it for. */
  readonly purpose: string;
  /** What is missing without it, a sentence. */
  readonly cost: string;
  /** Without it memtop cannot do its main job. */
  readonly vital?: true;
  run(machine: Machine): Finding;
}

export const ok = (found: string): Finding => ({ state: 'ok', found });
export const notHere = (found: string): Finding => ({ state: 'not-here', found });
export const limited = (found: string, ...remedies: readonly Remedy[]): Finding => ({
  state: 'limited',
  found,
  remedies,
});
export const missing = (found: string, ...remedies: readonly Remedy[]): Finding => ({
  state: 'missing',
  found,
  remedies,
});
