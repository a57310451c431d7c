// The existing functions, as weak references: the variables in their scopes have names.

/** Maximum number of functions searched, in all and with the same source: a leaking closure can exist a hundred thousand times. */
const MOST_FUNCTIONS = 6_000;
const MOST_ALIKE = 8;
const NATIVE = '[native code]';

/** Picks functions written in JavaScript, and generators, out of all objects. */
export function pickFunctions(objects: readonly object[]): WeakRef<object>[] {
  const { types } = require('node:util') as typeof import('node:util');
  const alike = new Map<string, number>();
  const picked: WeakRef<object>[] = [];
  // The newest last: the program's own functions come after those of Node.
  for (let index = objects.length - 1; index >= 0 && picked.length < MOST_FUNCTIONS; index -= 1) {
    const value = objects[index];
    if (value === undefined) continue;
    const source = sourceOf(value, types.isGeneratorObject);
    if (source === undefined) continue;
    const count = alike.get(source) ?? 0;
    if (count >= MOST_ALIKE) continue;
    alike.set(source, count + 1);
    picked.push(new WeakRef(value));
  }
  return picked;
}

function sourceOf(value: object, isGenerator: (value: unknown) => boolean): string | undefined {
  if (typeof value !== 'function') return isGenerator(value) ? 'generator' : undefined;
  const source = Function.prototype.toString.call(value);
  return source.endsWith(`{ ${NATIVE} }`) ? undefined : source;
}
