// How many entries a container has, read without running the program's own code.

export type ContainerKind = 'Map' | 'Set' | 'Array' | 'Object';

const mapSize = getterOf(Map.prototype, 'size');
const setSize = getterOf(Set.prototype, 'size');

/** The kind of container an object is; undefined for other objects. */
export function kindOf(value: object): ContainerKind | undefined {
  if (Array.isArray(value)) return 'Array';
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return 'Object';
  const { types } = require('node:util') as typeof import('node:util');
  if (types.isMap(value)) return 'Map';
  return types.isSet(value) ? 'Set' : undefined;
}

/** Its entries: the length of an array, the keys of a plain object. */
export function entriesOf(value: object, kind: ContainerKind): number {
  if (kind === 'Map') return mapSize.call(value);
  if (kind === 'Set') return setSize.call(value);
  return kind === 'Array' ? (value as readonly unknown[]).length : Object.keys(value).length;
}

/** The name of the class where it is one derived from Map, Set or Array; read without calling anything. */
export function typeOf(value: object, kind: ContainerKind): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return kind;
  const made = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value as unknown;
  const name = typeof made === 'function' ? Object.getOwnPropertyDescriptor(made, 'name')?.value : undefined;
  return typeof name === 'string' && name !== '' ? name : kind;
}

function getterOf(prototype: object, name: string): () => number {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as () => number;
}
