// memtop's own heap: has V8 keep it small once a screen is drawn, and compile little for speed; collects its garbage when
// it is asked to.

/** The heap of this process. */
export interface SmallHeap {
  /** To be called once a screen stands: from then on the heap is kept small rather than fast. */
  keepSmall(): void;
  /** Bytes of memory that it occupies, garbage and free space within it included. */
  size(): number;
  /** Collects all of it once: a pause of 1 to 2 ms for each MiB that is in use. Nothing where V8 is not known. */
  collect(): void;
}

/** V8 refuses compiled code that was kept under other flags than it is loaded with. */
export interface LaterFlags {
  /** V8 has the flags of the start again. */
  takeBack(): void;
  /** V8 has the flags that it had before `takeBack`. */
  setAgain(): void;
}

/** V8's own gc(), as far as it is used here. Unknown options silently make it a minor collection. */
type Gc = (options?: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/** A flag, and the same with V8's default. */
interface Changed {
  readonly flag: string;
  readonly undo: string;
}

/** The last major version of Node.js in which the flags were tried: one that V8 does not know prints to stderr. */
const LAST_TRIED = 26;

/** From this version on gc() knows the flavor last-resort; on 20 even `type: 'major'` means a minor collection. */
const KNOWS_FLAVORS = 22;

/**
 * The flags for V8, and what takes each back. By itself it collects the whole heap of a program that rests only when that
 * makes less than 1 MB of garbage a second, and lets the young generation double up to 32 MiB, each time that much has
 * survived: after 800 processes have come and gone, or some hours, memtop would hold 24 MiB more for good.
 */
const FLAGS: readonly Changed[] = [
  // The heap grows in smaller steps, and a program that makes more garbage is collected too while it rests, step by step.
  { flag: '--optimize-for-size', undo: '--no-optimize-for-size' },
  // The young generation stays as large as the first screen made it. At the start V8 would take 1 for 2.
  { flag: '--semi-space-growth-factor=1', undo: '--semi-space-growth-factor=2' },
];

/**
 * What has V8 optimize only what runs many times as often as by default. A monitor runs for milliseconds a second, each
 * time a little of everything: threads of V8 spent as long on optimizing that as the main thread on running it, for minutes.
 * The flag is another one since V8 12. In Node.js 22 it gains nothing.
 */
const RARE_OPTIMIZING: Readonly<Record<number, Changed>> = {
  20: { flag: '--interrupt-budget=1000000', undo: '--interrupt-budget=67584' },
  // `node --v8-options` prints 3000 for both, which another flag that is on by default (--maglev) replaces.
  24: { flag: '--invocation-count-for-turbofan=45000', undo: '--invocation-count-for-turbofan=10000' },
  26: { flag: '--invocation-count-for-turbofan=45000', undo: '--invocation-count-for-turbofan=16000' },
};

/**
 * What else takes the flags back, where V8 knows by its tag that they are not those of the start yet. On Node.js 20 and 22
 * the first flag sets another one, too, where node was not started with it; other minor versions have other defaults.
 */
const ALSO: Readonly<Record<number, readonly string[]>> = {
  20: ['--max-semi-space-size=0'],
  22: ['--max-semi-space-size=0'],
  24: [3000, 16000].map((count) => `--invocation-count-for-turbofan=${count}`),
  26: [3000, 10000].map((count) => `--invocation-count-for-turbofan=${count}`),
};

/** The heap of this process as one object, and what takes back the flags that it sets. */
export class OwnHeap implements SmallHeap, LaterFlags {
  readonly #major: number;
  readonly #flags: readonly Changed[];
  /** Stands for the flags of the start; undefined while those are set. */
  #firstTag: number | undefined;

  constructor(version: string = process.versions.node) {
    this.#major = Number.parseInt(version, 10);
    const rare = RARE_OPTIMIZING[this.#major];
    this.#flags = rare === undefined ? FLAGS : [...FLAGS, rare];
  }

  /** The flags would slow the start: best set when that is over. */
  keepSmall(): void {
    if (this.#major > LAST_TRIED) return;
    this.#firstTag = v8().cachedDataVersionTag();
    this.setAgain();
  }

  setAgain(): void {
    if (this.#firstTag === undefined) return;
    for (const { flag } of this.#flags) v8().setFlagsFromString(flag);
  }

  takeBack(): void {
    if (this.#firstTag === undefined) return;
    for (const { undo } of this.#flags) v8().setFlagsFromString(undo);
    for (const flag of ALSO[this.#major] ?? []) {
      if (v8().cachedDataVersionTag() === this.#firstTag) return;
      v8().setFlagsFromString(flag);
    }
  }

  size(): number {
    return v8().getHeapStatistics().total_physical_size;
  }

  collect(): void {
    const gc = (globalThis.gc ?? this.#obtainGc()) as Gc | undefined;
    if (this.#major < KNOWS_FLAVORS) gc?.();
    else gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }

  /** gc() where node was started without --expose-gc. It is not kept: the context that it comes from holds 300 KiB. */
  #obtainGc(): Gc | undefined {
    if (this.#major > LAST_TRIED) return undefined;
    v8().setFlagsFromString('--expose-gc');
    try {
      return process.getBuiltinModule('node:vm').runInNewContext('gc') as Gc | undefined;
    } finally {
      v8().setFlagsFromString('--no-expose-gc');
    }
  }
}

/** Loaded when it is needed: it loads streams, which no printing start needs. */
function v8(): typeof import('node:v8') {
  return process.getBuiltinModule('node:v8');
}
