// Finds the name of an object in the program: breadth first from everything that has a name, within bounds.
import { LEAK_LINES } from '../../protocol/leak-lines.ts';
import { threadMilliseconds } from '../runtime/thread-cpu.ts';
import { milliseconds, turn } from '../runtime/time.ts';
import { isAgent, pathOf } from './call-sites.ts';
import type { Inspected, Scripts } from './inspected.ts';

/** Objects visited at most, members of one, steps from a name, milliseconds of work at a stretch. */
const BOUNDS = { visited: 150_000, members: 200, steps: 8, slice: 8 } as const;
/** The most objects whose private fields are read: each takes a command to the inspector. */
const MOST_PRIVATE = 3_000;

/** What the functions of every module can see. */
const WRAPPER = new Set(['exports', 'require', 'module', '__filename', '__dirname', 'this', 'arguments']);

interface Place {
  readonly value: object;
  /** The step to it: a name, `.key`, `["key"]` or `[3]`. */
  readonly step: string;
  readonly from: Place | undefined;
  readonly depth: number;
}

/** Where a search starts. */
export interface Beginnings {
  readonly functions: readonly WeakRef<object>[];
  readonly scripts: Scripts;
}

/** What is searched for. */
export interface SearchGoal {
  is(value: object): boolean;
  /** It ends when this many are found, */
  readonly most: number;
  /** or after N milliseconds of CPU. */
  readonly milliseconds: number;
  /** Whether only the program's own objects are visited, and found. */
  readonly isOwnOnly: boolean;
}

export class Search {
  readonly #inspected: Inspected;
  readonly #wanted: SearchGoal;
  readonly #names = new Map<object, string>();
  readonly #seen = new Set<object>();
  readonly #lazy = lazyNames();
  #waiting: Place[] = [];
  #private = 0;
  /** Milliseconds of CPU that it has worked, and when the stretch began by the clock and by CPU. */
  #worked = 0;
  #slice = milliseconds();
  #cpu = threadMilliseconds();

  constructor(inspected: Inspected, wanted: SearchGoal) {
    this.#inspected = inspected;
    this.#wanted = wanted;
  }

  /** Names of what was found. Objects are held only until this has settled. */
  async names({ functions, scripts }: Beginnings): Promise<ReadonlyMap<object, string>> {
    this.#beginWithModules();
    if (!this.#wanted.isOwnOnly) this.#add(process, 'process', undefined);
    await this.#goOn(1);
    const isOwn = (value: object): boolean =>
      typeof value !== 'function' || scripts.lengths.has(Function.prototype.toString.call(value).length);
    // Most functions are Node's own, and the inspector is slow: they come last.
    for (const first of this.#wanted.isOwnOnly ? [true] : [true, false]) {
      for (const reference of functions) {
        if (this.#isOver()) break;
        const value = reference.deref();
        if (value !== undefined && isOwn(value) === first) this.#search(value, scripts);
        await this.#breathe();
      }
      await this.#goOn(BOUNDS.steps);
    }
    return this.#names;
  }

  #beginWithModules(): void {
    const global = globalThis as unknown as Readonly<Record<string, unknown>>; // It may have variables of any name.
    this.#seen.add(global);
    for (const key of Object.keys(global)) this.#add(memberOf(global, key), `globalThis.${key}`, undefined);
    const { _cache: cache } = require('node:module') as { _cache?: Readonly<Record<string, { exports: unknown }>> };
    for (const [path, module] of Object.entries(cache ?? {})) {
      if (path !== __filename) this.#add(module?.exports, `${fileOf(path)}: exports`, undefined);
    }
  }

  /** The variables that a function sees. Those of Node's own functions have no names that the user knows. */
  #search(value: object, { urls }: Scripts): void {
    try {
      const { scopes, origin } = this.#inspected.scopesOf(value);
      const url = origin === undefined ? '' : (urls.get(origin.scriptId) ?? '');
      if (url.startsWith('node:') || isAgent(url, __filename)) return;
      const path = url === '' ? moduleOf(scopes) : pathOf(url);
      // Of Node's own functions some have no file either.
      if (path === '' && this.#wanted.isOwnOnly) return;
      const file = path === '' ? '' : `${fileOf(path)}: `;
      for (const scope of scopes) {
        for (const name of Object.getOwnPropertyNames(scope)) {
          if (!WRAPPER.has(name)) this.#add(memberOf(scope, name), `${file}${name}`, undefined);
        }
      }
    } catch {
      // One that the inspector cannot look into.
    }
  }

  /** Visits the objects that known objects hold, nearest first; what they hold is put behind them meanwhile. */
  async #goOn(steps: number): Promise<void> {
    const later: Place[] = [];
    for (const place of this.#waiting) {
      if (this.#isOver()) break;
      if (place.depth >= steps) {
        if (place.depth < BOUNDS.steps) later.push(place);
        continue;
      }
      this.#expand(place);
      await this.#breathe();
    }
    this.#waiting = later;
  }

  #expand(place: Place): void {
    const { value } = place;
    const { types } = require('node:util') as typeof import('node:util');
    if (types.isProxy(value) || types.isTypedArray(value)) return;
    try {
      if (types.isMap(value)) this.#expandEntries(place, Map.prototype.entries.call(value));
      else if (types.isSet(value)) this.#expandEntries(place, Set.prototype.entries.call(value));
      if (Array.isArray(value)) this.#expandArray(place, value);
      else if (this.#wanted.isOwnOnly || !this.#names.has(value)) this.#expandFields(place);
      if (hasPrivateFields(value)) this.#expandPrivate(place);
    } catch {
      // An object that cannot be read.
    }
  }

  #expandEntries(place: Place, entries: Iterator<readonly [unknown, unknown]>): void {
    for (let count = 0; count < BOUNDS.members; count += 1) {
      const { done, value } = entries.next();
      if (done === true) return;
      this.#add(value[1], `[${shortened(value[0])}]`, place);
    }
  }

  #expandArray(place: Place, values: readonly unknown[]): void {
    const members = Math.min(values.length, BOUNDS.members);
    for (let index = 0; index < members; index += 1) this.#add(memberOf(values, String(index)), `[${index}]`, place);
  }

  #expandFields(place: Place): void {
    for (const key of Reflect.ownKeys(place.value).slice(0, BOUNDS.members)) {
      if (this.#lazy.has(key)) continue;
      const name = typeof key === 'symbol' ? `[${String(key).slice(0, 40)}]` : fieldNamed(key);
      this.#add(memberOf(place.value, key), name, place);
    }
  }

  #expandPrivate(place: Place): void {
    if (this.#private >= MOST_PRIVATE) return;
    this.#private += 1;
    for (const [name, value] of this.#inspected.privateFieldsOf(place.value)) this.#add(value, `.${name}`, place);
  }

  #add(value: unknown, step: string, from: Place | undefined): void {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || this.#seen.has(value)) return;
    if (this.#seen.size >= BOUNDS.visited) return;
    this.#seen.add(value);
    const place = { value, step, from, depth: from === undefined ? 0 : from.depth + 1 };
    if (this.#wanted.is(value)) this.#names.set(value, pathTo(place));
    this.#waiting.push(place);
  }

  #isOver(): boolean {
    return this.#names.size >= this.#wanted.most || this.#worked > this.#wanted.milliseconds;
  }

  /** Yields to the program now and then. */
  async #breathe(): Promise<void> {
    if (milliseconds() - this.#slice < BOUNDS.slice) return;
    this.#worked += threadMilliseconds() - this.#cpu;
    await turn();
    this.#slice = milliseconds();
    this.#cpu = threadMilliseconds();
  }
}

/** The file of a CommonJS module, which each of its functions can see; empty for all others. */
function moduleOf(scopes: readonly object[]): string {
  for (const scope of scopes) {
    const path = memberOf(scope, '__filename');
    if (typeof path === 'string') return path;
  }
  return '';
}

/** The value of a plain field; a getter is never called. */
function memberOf(value: object, key: string | symbol): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/**
 * Names of the global classes. Node loads some of them, with an HTTP client, when a field of that name is first read, even
 * by its descriptor: those of the global object, and three of node:http.
 */
function lazyNames(): ReadonlySet<string | symbol> {
  const { propertyIsEnumerable: isShown } = Object.prototype;
  return new Set(
    Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z]/.test(name) && !isShown.call(globalThis, name)),
  );
}

/** Whether its class has private fields, which only the source of the class shows. */
function hasPrivateFields(value: object): boolean {
  if (typeof value === 'function') return Function.prototype.toString.call(value).slice(0, 4096).includes('static #');
  for (
    let up: object | null = Object.getPrototypeOf(value);
    up !== null && up !== Object.prototype;
    up = Object.getPrototypeOf(up)
  ) {
    const made: unknown = memberOf(up, 'constructor');
    if (typeof made !== 'function') continue;
    const source = Function.prototype.toString.call(made);
    if (source.startsWith('class') && source.slice(0, 65_536).includes('#')) return true;
  }
  return false;
}

function pathTo(place: Place): string {
  const steps: string[] = [];
  for (let step: Place | undefined = place; step !== undefined; step = step.from) steps.unshift(step.step);
  return steps.join('').slice(0, LEAK_LINES.name);
}

/** The file's name; of an index file the folder too. */
function fileOf(path: string): string {
  const parts = path.split('/');
  return parts.slice(/^index\./.test(parts[parts.length - 1] ?? '') ? -2 : -1).join('/');
}

function fieldNamed(key: string): string {
  return /^[A-Za-z_$][\w$]{0,60}$/.test(key) ? `.${key}` : `[${shortened(key)}]`;
}

/** The key of an entry, as far as it helps. */
function shortened(key: unknown): string {
  if (typeof key === 'string') return JSON.stringify(key.slice(0, 24));
  return typeof key === 'object' || typeof key === 'function' || typeof key === 'symbol' ? '…' : String(key);
}
