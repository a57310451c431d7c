// Listeners of this process replaced for a while.

/** Puts one listener in the place of all that an event of the process has; what is returned puts those back. */
export function replaceListeners(event: string, listener: (...values: never[]) => void): () => void {
  const emitter: NodeJS.EventEmitter = process;
  const before = emitter.listeners(event) as ((...values: unknown[]) => void)[];
  const own = listener as (...values: unknown[]) => void;
  emitter.removeAllListeners(event);
  emitter.on(event, own);
  return () => {
    emitter.off(event, own);
    for (const one of before) emitter.on(event, one);
  };
}
