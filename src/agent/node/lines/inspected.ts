// What only the inspector inside the program can list: objects of a kind, scopes of functions, private fields.
import type { InspectorSession } from '../runtime/inspector-session.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A value as the inspector hands it out. */
interface Remote {
  readonly objectId?: string;
}

interface Property {
  readonly name: string;
  readonly value?: Remote & { readonly value?: unknown };
}

/** All objects handed out have this group name, so that they can be released at once. */
const GROUP = 'memtop';

/** Where the source of a function is. */
export interface Origin {
  readonly scriptId: string;
  /** 1 for the first. */
  readonly line: number;
}

/** The program's scripts. */
export interface Scripts {
  /** URLs by script id. */
  readonly urls: ReadonlyMap<string, string>;
  /** Lengths in characters of functions that belong to the program. */
  readonly lengths: ReadonlySet<number>;
}

/** Profiler.ScriptCoverage of the inspector's protocol. */
interface ScriptCoverage {
  readonly scriptId: string;
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number }[];
  }[];
}

/** Queries the inspector, and takes raw objects from it, invisibly to the program. */
export class Inspected {
  readonly #session: InspectorSession;
  #taker: string | undefined;
  #taken: unknown;

  constructor(session: InspectorSession) {
    this.#session = session;
  }

  /** One command, answered before this returns: the session belongs to this thread. */
  ask(method: string, params: object = {}): Fields {
    let answer: Fields | undefined;
    let failure: unknown = new Error('no answer');
    this.#session.post(method, params, (error: Error | null, result?: object) => {
      failure = error;
      answer = result as Fields | undefined;
    });
    if (failure !== null && failure !== undefined) throw failure;
    return answer ?? {};
  }

  /** All objects of the program that inherit from Object, functions among them. It collects, and pauses the program. */
  everyObject(): readonly object[] {
    const prototype = this.#idOf(Object.prototype);
    const { objects } = this.ask('Runtime.queryObjects', { prototypeObjectId: prototype, objectGroup: GROUP });
    return this.#take(objects as Remote) as readonly object[];
  }

  /** The variables a function, or a generator that waits, can see, the nearest scope first; without the global one. */
  scopesOf(value: object): { readonly scopes: readonly object[]; readonly origin: Origin | undefined } {
    const internal = this.#propertiesOf(value)['internalProperties'] as readonly Property[] | undefined;
    const list = internal?.find(({ name }) => name === '[[Scopes]]')?.value;
    const scopes = list === undefined ? [] : (this.#take(list) as readonly { readonly object?: object }[]);
    const objects = Array.from(scopes, ({ object }) => object);
    return {
      scopes: objects.filter((object): object is object => object !== undefined && object !== globalThis),
      origin: originIn(internal),
    };
  }

  /** The private fields of an object that hold objects, by their names with #. */
  privateFieldsOf(value: object): readonly (readonly [string, unknown])[] {
    const fields = this.#propertiesOf(value)['privateProperties'] as readonly Property[] | undefined;
    return (fields ?? []).flatMap(({ name, value: remote }) =>
      remote?.objectId === undefined ? [] : [[name, this.#take(remote)] as const],
    );
  }

  /** The scripts that are loaded: URLs by their ids, and how long the functions are that are not Node's own. */
  scripts(): Scripts {
    const { result } = this.ask('Profiler.getBestEffortCoverage') as { result?: readonly ScriptCoverage[] };
    const urls = new Map<string, string>();
    const lengths = new Set<number>();
    for (const { scriptId, url, functions } of result ?? []) {
      urls.set(scriptId, url);
      if (url.startsWith('node:')) continue;
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset } of ranges.slice(0, 1)) lengths.add(endOffset - startOffset);
      }
    }
    return { urls, lengths };
  }

  /** Releases everything that was handed out. */
  release(): void {
    this.#taker = undefined;
    this.#taken = undefined;
    try {
      this.ask('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    } catch {
      // The session is closed, and with it all are released.
    }
  }

  #propertiesOf(value: object): Fields {
    return this.ask('Runtime.getProperties', { objectId: this.#idOf(value), ownProperties: true });
  }

  /** Hands an object to the inspector, through a global name that is removed before other code can run. */
  #idOf(value: unknown): string {
    const name = `memtop ${Math.random()}`;
    Object.defineProperty(globalThis, name, { value, configurable: true });
    try {
      const expression = `globalThis[${JSON.stringify(name)}]`;
      const { result } = this.ask('Runtime.evaluate', { expression, objectGroup: GROUP, silent: true });
      return (result as Remote).objectId as string;
    } finally {
      Reflect.deleteProperty(globalThis, name);
    }
  }

  #take({ objectId }: Remote): unknown {
    this.#taker ??= this.#idOf((taken: unknown) => {
      this.#taken = taken;
    });
    this.ask('Runtime.callFunctionOn', {
      ...{ objectId, functionDeclaration: 'function (take) { take(this); }', objectGroup: GROUP, silent: true },
      arguments: [{ objectId: this.#taker }],
    });
    const taken = this.#taken;
    this.#taken = undefined;
    return taken;
  }
}

function originIn(internal: readonly Property[] | undefined): Origin | undefined {
  const reported = internal?.find(({ name }) => name === '[[FunctionLocation]]' || name === '[[GeneratorLocation]]');
  const location = reported?.value?.value as { scriptId?: unknown; lineNumber?: unknown } | undefined;
  if (typeof location?.scriptId !== 'string' || typeof location.lineNumber !== 'number') return undefined;
  return { scriptId: location.scriptId, line: location.lineNumber + 1 };
}
