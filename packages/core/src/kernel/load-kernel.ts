/// <reference path="./web-assembly.d.ts" />
import { readFileSync } from 'node:fs';
import type { KernelMemory } from './column-arena.js';

/** Functions that a kernel calls, by module and name. */
export type KernelImports = Readonly<
  Record<string, Readonly<Record<string, (...values: number[]) => number>>>
>;

const moduleByFile = new Map<string, WebAssembly.Module | null>();

/**
 * What a WebAssembly file exports, at work in a memory of columns; compiled once in each thread. `null` where this
 * machine's WebAssembly cannot run it.
 */
export function loadKernel<T>(file: URL, memory: KernelMemory, imports: KernelImports = {}): T | null {
  let module = moduleByFile.get(file.href);
  if (module === undefined) {
    const bytes = readFileSync(file);
    module = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
    moduleByFile.set(file.href, module);
  }
  if (module === null) return null;
  return new WebAssembly.Instance(module, { ...imports, env: { memory } }).exports as T;
}
