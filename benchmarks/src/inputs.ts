import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BENCHMARKS_FOLDER = fileURLToPath(new URL('..', import.meta.url));
/** Inputs and tools; never committed. */
export const WORK_FOLDER = join(BENCHMARKS_FOLDER, '.work');

/** Folders that the TypeScript compiler checks: packages that the lock file pins. */
export const CHECKED_SOURCES = ['@types/node', 'fast-check', 'vite', 'vitest'].map((name) =>
  join(BENCHMARKS_FOLDER, '..', 'node_modules', name),
);

/** A snapshot of a real program, made on the spot. */
export interface Input {
  /** The file is `<name>.heapsnapshot`, below {@link WORK_FOLDER}. */
  readonly name: string;
  /** `typescript`: the compiler over a large code base. `server`: a web server under load. */
  readonly kind: 'typescript' | 'server';
  /** What `--size` calls it. */
  readonly size: string;
  /** Heap of the program, which the file's size follows; it stops at the first moment that reaches it. */
  readonly heapMegabytes: number;
  /** There is a second snapshot of the same process, some load later: `<name>-later.heapsnapshot`. */
  readonly hasLater: boolean;
  /** Only on demand: `--inputs <name>`. */
  readonly isExtra?: boolean;
}

export const INPUTS: readonly Input[] = [
  // a server that has just started: there is no smaller one
  { name: 'web-5mb', kind: 'server', size: '5mb', heapMegabytes: 1, hasLater: true },
  { name: 'web-10mb', kind: 'server', size: '10mb', heapMegabytes: 7, hasLater: true },
  // the compiler is loaded and has checked nothing yet
  { name: 'ts-15mb', kind: 'typescript', size: '10mb', heapMegabytes: 1, hasLater: false },
  { name: 'web-100mb', kind: 'server', size: '100mb', heapMegabytes: 58, hasLater: true },
  { name: 'ts-100mb', kind: 'typescript', size: '100mb', heapMegabytes: 100, hasLater: false },
  { name: 'ts-1500mb', kind: 'typescript', size: '1500mb', heapMegabytes: 1200, hasLater: false },
  { name: 'web-1500mb', kind: 'server', size: '1500mb', heapMegabytes: 700, hasLater: true, isExtra: true },
];

export function pathOf({ name }: Input): string {
  return join(WORK_FOLDER, `${name}.heapsnapshot`);
}

export function laterPathOf({ name }: Input): string {
  return join(WORK_FOLDER, `${name}-later.heapsnapshot`);
}

export function isMade(input: Input): boolean {
  return existsSync(pathOf(input)) && (!input.hasLater || existsSync(laterPathOf(input)));
}

/** Paths of the inputs that have been made. */
export function madeInputs(): string[] {
  return INPUTS.filter(isMade).map(pathOf);
}
