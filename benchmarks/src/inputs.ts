import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BENCHMARKS_FOLDER = fileURLToPath(new URL('..', import.meta.url));
/** Inputs and tools; never committed. */
export const WORK_FOLDER = join(BENCHMARKS_FOLDER, '.work');

/** A snapshot that `bench:inputs` makes. */
export interface Input {
  readonly file: string;
  /** Heap of the compiler, which the file's size follows; it stops after the first program that reaches it. */
  readonly heapMegabytes: number;
}

export const INPUTS: readonly Input[] = [
  // the compiler is loaded and has checked nothing yet: there is no smaller one
  { file: 'ts-15mb.heapsnapshot', heapMegabytes: 1 },
  { file: 'ts-100mb.heapsnapshot', heapMegabytes: 100 },
  { file: 'ts-1500mb.heapsnapshot', heapMegabytes: 1000 },
];

/** Paths of the inputs that have been made. */
export function madeInputs(): string[] {
  return INPUTS.map(({ file }) => join(WORK_FOLDER, file)).filter((path) => existsSync(path));
}
