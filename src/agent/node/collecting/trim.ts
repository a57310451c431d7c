// Returns the allocator's free pages to the system: malloc_trim(3) through node:ffi, without a compiler.
import type { CollectStep } from '../../protocol/protocol.ts';

/** The part of node:ffi (Node 26, experimental) that is used. */
interface ForeignFunctions {
  dlopen(
    path: string | null,
    signatures: { malloc_trim: { arguments: readonly string[]; return: string } },
  ): { lib: { close(): void }; functions: { malloc_trim(pad: bigint): number } };
}

/** Trims all arenas; returns why it could not, if so. */
export function trimAllocator(): Partial<CollectStep> | undefined {
  try {
    const foreign = withoutWarning(() => require('node:ffi') as ForeignFunctions);
    // null stands for the program itself and the libraries it has loaded, as in dlopen(3).
    const { lib, functions } = foreign.dlopen(null, { malloc_trim: { arguments: ['u64'], return: 'i32' } });
    try {
      functions.malloc_trim(0n);
    } finally {
      lib.close();
    }
    return undefined;
  } catch {
    return { note: 'malloc_trim is not available: the C library is not glibc, or it is not permitted.' };
  }
}

/** Node warns once on stderr about an experimental module, but stderr belongs to the program. */
function withoutWarning<Result>(load: () => Result): Result {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
