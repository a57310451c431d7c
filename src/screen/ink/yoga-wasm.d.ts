// Types for the parts of yoga.ts that have no declarations.

/** Exists only in the bundle: the WebAssembly module that the build takes out of Yoga's loader. */
declare module 'yoga.wasm' {
  const bytes: Uint8Array;
  export default bytes;
}

/** Yoga's loader is plain JavaScript made by Emscripten. It fills in the object it is given. */
declare module '*/yoga-wasm-base64-esm.js' {
  export default function loadYoga(assembly: object): Promise<object>;
}

/** The part of the WebAssembly JavaScript interface that is used; TypeScript has it only with the browser's types. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: object);
  }
}
