// Dictionaries made by Object.create(null): no prototype leads to them, so they are searched for from what has a name.
import type { Inspected } from './inspected.ts';
import { type Beginnings, Search } from './search.ts';

/** Dictionaries at most, and milliseconds of work; the program has its turns in between. */
const BOUNDS = { most: 5_000, milliseconds: 1_500 } as const;

/** Those that a few steps from a variable, a module or a global of the program lead to. Node's own are left alone. */
export async function findDictionaries(inspected: Inspected, beginnings: Beginnings): Promise<object[]> {
  const { types } = require('node:util') as typeof import('node:util');
  const is = (value: object): boolean =>
    typeof value === 'object' &&
    !types.isProxy(value) &&
    Object.getPrototypeOf(value) === null &&
    !types.isModuleNamespaceObject(value);
  const search = new Search(inspected, { is, ...BOUNDS, isOwnOnly: true });
  return [...(await search.names(beginnings)).keys()];
}
