// Keys as they are written on keyboards.
import type { Binding } from './binding.ts';

const SHOWN_AS: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  left: '←',
  right: '→',
  escape: 'Esc',
  enter: 'Enter',
  'shift-tab': 'Shift-Tab',
  backspace: 'Backspace',
  delete: 'Del',
  insert: 'Ins',
  tab: 'Tab',
  space: 'Space',
};

/** A key as it is written on keyboards: `F6`, `Ctrl-L`, `PgUp`. */
export function keyTitle(key: string): string {
  if (key.startsWith('ctrl-')) return `Ctrl-${key.slice(5).toUpperCase()}`;
  // Another program may press a key that is not to be drawn.
  return SHOWN_AS[key] ?? (/^f\d+$/.test(key) ? key.toUpperCase() : key);
}

/** The keys of a binding as they are written in help and documents. */
export function keysTitle({ shown, keys }: Binding): string {
  return shown ?? keys.map(keyTitle).join(' ');
}
