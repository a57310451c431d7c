// Which stretch of a recording is wanted, and in which form: `--at`, `--from` and `--to`.
import type { ParsedWords } from '../../cli/flags.ts';
import { EXPORTS, type ExportForm } from '../../cli/request.ts';
import { UserError } from '../../errors/user-error.ts';
import { readWhen } from './when.ts';

/** The times of a recording, in milliseconds since the epoch. */
export interface PlayedSpan {
  /** Of its earliest and its latest sample, which are not the first and the last when the clock was set back. */
  readonly earliest: number;
  readonly latest: number;
  /** Of its last sample. */
  readonly end: number;
}

/** What `--to` says: a form for other programs, a time, or both. */
export interface Destination {
  readonly form: ExportForm | undefined;
  readonly time: string | undefined;
}

/**
 * Sorts the values of `--to`: the name of a form is that form, anything else is a time.
 *
 * @throws UserError for two forms or two times
 */
export function readTo(to: string | boolean | undefined): Destination {
  const values = typeof to === 'string' ? to.split(',').map((value) => value.trim()) : [];
  const forms = EXPORTS.filter((form) => values.includes(form));
  const times = values.filter((value) => !EXPORTS.some((form) => form === value));
  if (forms.length > 1)
    throw new UserError(`--to can write one form: ${forms.join(' or ')}.`, 'Leave out one of them.');
  if (times.length > 1) throw new UserError('--to was given two times.', 'Leave out one of them.');
  return { form: forms[0], time: times[0] };
}

/**
 * The first and the last moment. Where one sample is printed, it is the last one before `to`, which is undefined for the
 * last of all.
 *
 * @throws UserError for times that are not valid, or not in the recording
 */
export function stretchOf(
  { at, from }: ParsedWords['flags'],
  until: string | undefined,
  { earliest, latest, end }: PlayedSpan,
): { readonly from: number; readonly to: number | undefined } {
  if (at !== undefined && (from ?? until) !== undefined) {
    throw new UserError('--at cannot be used together with --from and --to.', 'Leave out one of them.');
  }
  const read = (text: string | boolean | undefined) => (typeof text === 'string' ? readWhen(text, end) : undefined);
  const last = read(at) ?? read(until);
  const first = read(from) ?? earliest;
  if ((last ?? end) < earliest || first > latest) {
    const [since, till] = [earliest, latest].map((time) => new Date(time).toLocaleString('sv'));
    throw new UserError('The recording has nothing at that time.', `It goes from ${since} to ${till}.`);
  }
  if (first > (last ?? latest)) throw new UserError('--from is later than --to.', 'Swap them.');
  return { from: first, to: last };
}
