// Values at array indexes that are known to be in range, which TypeScript cannot know: the only place with this cast.

/**
 * The value that the caller reads at an index: `existing(values[index])`. An index out of range is a bug: it returns
 * undefined typed as a value. Do nothing here but return the argument: esbuild then writes the argument in place of the
 * call (`minify`), and it costs nothing. A function with the array and the index as parameters would stay a call, whose
 * one read V8 would have to optimize for every kind of array it meets.
 */
export function existing<Value>(value: Value | undefined): Value {
  return value as Value;
}
