/// <reference path="./web-assembly.d.ts" />
import { readFileSync } from 'node:fs';
import type { KernelMemory } from './column-arena.js';

/** Functions that a kernel calls, by module and name. */
export type KernelImports = Readonly<
  Record<string, Readonly<Record<string, (...values: number[]) => number>>>
>;

const moduleByFile = new Map<string, WebAssembly.Module | null>();

/** What a WebAssembly file exports, at work in a memory of columns; `null` where it cannot run. */
export function loadKernel<T>(file: URL, memory: KernelMemory, imports: KernelImports = {}): T | null {
  const module = compileKernel(file);
  return module && (new WebAssembly.Instance(module, { ...imports, env: { memory } }).exports as T);
}

/**
 * A WebAssembly file, compiled once in each thread. `null` where there is no WebAssembly (`node --jitless`), or it lacks what
 * the file needs.
 */
export function compileKernel(file: URL): WebAssembly.Module | null {
  let module = moduleByFile.get(file.href);
  if (module === undefined) {
    module = typeof WebAssembly === 'undefined' ? null : compile(readFileSync(file));
    moduleByFile.set(file.href, module);
  }
  return module;
}

function compile(bytes: Uint8Array): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return null;
    throw error;
  }
}
