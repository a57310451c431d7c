// What a key means: its entry in the table of keys, and the commands by the file that carries them out.
import { KEYS, type KeyBinding, type KeyCommand } from './keys.ts';

/** What changes the arrangement of the table; `actions/folding.ts` carries it out. */
export type ArrangementCommand = KeyCommand & { readonly do: 'tree' | 'group' | 'fold' | 'unfold' };

/** What changes how rows are written; `actions/row-display.ts` carries it out. */
export type DisplayCommand = KeyCommand & { readonly do: 'percent' | 'path' | 'scale' | 'sideways' };

/** What moves to a process by a text or by its pid; `actions/searching.ts` carries it out. */
export type SearchCommand = KeyCommand & { readonly do: 'search' | 'search-next' | 'jump' };

/** What goes back and forth in time; `recorder/travel.ts` carries it out. */
export type TimeCommand = KeyCommand & { readonly do: 'travel' | 'ask-time' | 'timeline' };

/** What acts on a process, or selects it for that; `actions/acts.ts` has one entry for each. */
export type Act = (KeyCommand & { readonly do: 'act' })['what'];

const BY_KEY: ReadonlyMap<string, KeyBinding> = new Map(
  KEYS.flatMap((binding) => binding.keys.map((key) => [key, binding] as const)),
);

/** What a key is bound to in the table; undefined for a key without a meaning. */
export function bindingOf(key: string): KeyBinding | undefined {
  return BY_KEY.get(key);
}

/** What a key does in the table; undefined when it does nothing. */
export function commandOf(key: string): KeyCommand | undefined {
  return BY_KEY.get(key)?.command;
}

/** The keys that do something; those that act on a process are left out where nothing may. */
export function keysOf(isReadonly: boolean): readonly KeyBinding[] {
  return isReadonly ? KEYS.filter((binding) => binding.acts !== true) : KEYS;
}
