// Typed access to arrays at indexes that are known to be in range, which TypeScript cannot know: the only place with these casts.
// There is a function for each kind of array because V8 optimizes a function for the kinds it has met: one that had met
// them all would be as slow as a search by name. They are inlined where they are called often.

/** The byte at an index of a buffer. An index out of range is a bug: it returns undefined typed as a number. */
export function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

/** The same of an array of doubles. */
export function float64At(values: Float64Array, index: number): number {
  return values[index] as number;
}

/** The same of an array of single-precision numbers. */
export function float32At(values: Float32Array, index: number): number {
  return values[index] as number;
}

/** The same of an array of signed integers. */
export function int32At(values: Int32Array, index: number): number {
  return values[index] as number;
}

/** The same of an array of unsigned integers. */
export function uint32At(values: Uint32Array, index: number): number {
  return values[index] as number;
}

/** The same of a plain array, in code that is not hot. */
export function numberAt(values: readonly number[], index: number): number {
  return values[index] as number;
}
