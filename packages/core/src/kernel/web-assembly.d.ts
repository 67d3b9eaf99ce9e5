/** What is used of the JavaScript interface of WebAssembly; Node's types for version 20 leave it to the DOM's. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBufferLike;
    grow(pages: number): number;
  }
  class Global<T extends 'i32' | 'f64'> {
    readonly type: T;
    readonly value: number;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    readonly exports: Record<string, unknown>;
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
  }
  class CompileError extends Error {}
}
