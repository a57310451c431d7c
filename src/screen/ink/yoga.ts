// Stands in for yoga-layout/dist/src/index.js in the bundle: the same engine, ready at once instead of after an await.

import wasm from 'yoga.wasm';
import loadYoga from '../../../node_modules/yoga-layout/dist/binaries/yoga-wasm-base64-esm.js';
import wrapAssembly from '../../../node_modules/yoga-layout/dist/src/wrapAssembly.js';

export * from '../../../node_modules/yoga-layout/dist/src/generated/YGEnums.js';

/**
 * Yoga's own loader fetches a data: URL, which makes Node load its whole HTTP client; and it answers with a promise,
 * which a CommonJS bundle cannot wait for. Emscripten's hook `instantiateWasm` allows to do it synchronously.
 */
function instantiate(): ReturnType<typeof wrapAssembly> {
  const assembly = {
    instantiateWasm(imports: object, receive: (instance: WebAssembly.Instance) => void): object {
      receive(new WebAssembly.Instance(new WebAssembly.Module(wasm), imports));
      return {};
    },
  };
  loadYoga(assembly);
  return wrapAssembly(assembly);
}

export const yoga = instantiate();
