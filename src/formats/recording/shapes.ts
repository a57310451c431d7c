// How values are written in a recording and read back: JSON with an unexpected shape is refused.
import { isoTime } from '../time.ts';

/** Writes and reads one kind of value. */
export interface Shape<Value> {
  /** The value as JSON has it. */
  write(value: Value): unknown;
  /** The value of the JSON; undefined when the JSON has another shape. */
  read(json: unknown): Value | undefined;
}

/** A value in an object; it may be absent unless it is required. */
export interface Field<Value> extends Shape<Value> {
  /** Its name in JSON, where that differs from its name in the program. */
  readonly name?: string;
  /** Without this field the whole object is refused. */
  readonly isRequired?: true;
}

/** One field for each property of the type, so that the compiler reports a property that is missing here. */
export type Fields<Type> = { readonly [Key in keyof Required<Type>]: Field<Required<Type>[Key]> };

/** Finite numbers. */
export const finite: Shape<number> = {
  write: (value) => value,
  read: (json) => (typeof json === 'number' && Number.isFinite(json) ? json : undefined),
};

export const text: Shape<string> = {
  write: (value) => value,
  read: (json) => (typeof json === 'string' ? json : undefined),
};

export const boolean: Shape<boolean> = {
  write: (value) => value,
  read: (json) => (typeof json === 'boolean' ? json : undefined),
};

/** `true`, or absent. */
export const yes: Shape<true> = {
  write: (value) => value,
  read: (json) => (json === true ? json : undefined),
};

/** Milliseconds since the epoch, in ISO 8601 and UTC. */
export const moment: Shape<number> = {
  write: isoTime,
  read: (json) => {
    const time = typeof json === 'string' && json.length <= 30 ? Date.parse(json) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
  },
};

/** One of some words. */
export function word<Word extends string>(...words: readonly Word[]): Shape<Word> {
  return { write: (value) => value, read: (json) => words.find((each) => each === json) };
}

/** Values of one shape; those that have another are left out. */
export function list<Value>({ write, read }: Shape<Value>): Shape<readonly Value[]> {
  return {
    write: (values) => values.map(write),
    read: (json) => (Array.isArray(json) ? json.map(read).filter((value) => value !== undefined) : undefined),
  };
}

/** A field with its name in the program and its name in JSON. */
interface Entry extends Shape<unknown> {
  readonly key: string;
  readonly name: string;
  readonly isRequired: boolean;
}

/** The fields of a type in the order in which they are written. */
export interface Table<Type> {
  readonly entries: readonly Entry[];
  /** Only for the compiler: keeps tables of different types apart. */
  readonly of?: Type;
}

/** The table of all fields of a type. */
export function tableOf<Type extends object>(fields: Fields<Type>): Table<Type> {
  const all: [string, Field<unknown>][] = Object.entries(fields);
  const entries = all.map(([key, { name = key, isRequired = false, write, read }]) => {
    return { key, name, isRequired, write, read };
  });
  return { entries };
}

/** An object of these fields. */
export function object<Type extends object>(fields: Fields<Type>): Shape<Type> {
  const table = tableOf(fields);
  return { write: (value) => written(table, value), read: (json) => readObject(table, json) };
}

/** The same field under another name in JSON. */
export function named<Value>(name: string, shape: Field<Value>): Field<Value> {
  return { ...shape, name };
}

/** A field without which the object is refused. */
export function required<Value>(shape: Field<Value>): Field<Value> {
  return { ...shape, isRequired: true };
}

/** The known fields of a value, as JSON. */
export function written<Type extends object>(table: Table<Type>, value: Partial<Type>): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const { key, name, write } of table.entries) {
    const part = value[key as keyof Type];
    if (part !== undefined) json[name] = write(part);
  }
  return json;
}

/** The fields in which one value differs from the one before: null for what is no longer known. Undefined when none does. */
export function difference<Type extends object>(
  table: Table<Type>,
  before: Partial<Type>,
  now: Partial<Type>,
): Record<string, unknown> | undefined {
  let json: Record<string, unknown> | undefined;
  for (const { key, name, write } of table.entries) {
    const part = now[key as keyof Type];
    if (part === before[key as keyof Type]) continue;
    json ??= {};
    json[name] = part === undefined ? null : write(part);
  }
  return json;
}

/** Reads an object. Undefined when a required field is missing or has the wrong shape; others are then left out. */
export function readObject<Type extends object>(table: Table<Type>, json: unknown): Type | undefined {
  if (!isObject(json)) return undefined;
  const value: Record<string, unknown> = {};
  for (const { key, name, read, isRequired } of table.entries) {
    const part = read(json[name]);
    if (part !== undefined) value[key] = part;
    else if (isRequired) return undefined;
  }
  // The table has a field for each property of the type, and no required one is missing.
  return value as Type;
}

/** The value with the changes in the JSON; the same object when there are none. Undefined when a change has the wrong shape. */
export function changed<Type extends object>(table: Table<Type>, before: Type, json: JsonObject): Type | undefined {
  let value: Record<string, unknown> | undefined;
  for (const { key, name, read, isRequired } of table.entries) {
    const part = json[name];
    if (part === undefined) continue;
    const next = part === null ? undefined : read(part);
    if (next === undefined && (part !== null || isRequired)) return undefined;
    if (next === before[key as keyof Type]) continue;
    if (value === undefined) {
      value = {};
      Object.assign(value, before);
    }
    if (next === undefined) delete value[key];
    else value[key] = next;
  }
  return value === undefined ? before : (value as Type);
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether JSON is an object: not a list, and not null. */
export function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
