// What one entry of the table of settings is made of.

/** The value of one setting in a file. */
export type Toml = string | number | boolean | readonly string[] | Readonly<Record<string, number>>;

/** One setting: how it is read and written, and what help, schema and documents say of it. */
export interface Setting<Value> {
  readonly meaning: string;
  /** Its value where neither the file nor anything else sets it. */
  readonly usual: NoInfer<Value>;
  /** What its value is, as text: `a time such as "2s"`. */
  readonly takes: string;
  /** As JSON Schema has it (draft 2020-12), without description and default. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The variables of the environment that beat it. The flag of the same name does so too. */
  readonly environment?: string;
  /** True when S saves it: what keys can change. */
  readonly isSaved?: true;
  /**
   * Parses the value in a file.
   *
   * @throws UserError when it is not valid, Misplaced when only a part of it is wrong
   */
  read(value: unknown): Value;
  /** The value as written in a file. */
  write(value: Value): Toml;
}

/** An entry as it is: the compiler sees to it that all of it is about one type of value. */
export function setting<Value>(entry: Setting<Value>): Setting<Value> {
  return entry;
}
