import { readFileSync } from 'node:fs';

/** Bytes scanned at a time: input, numbers and columns of a block stay in the second-level cache. */
export const SCAN_BYTES = 64 * 1024;
/** Behind the input the kernel reads up to a whole block of 64 bytes; before it, 8 bytes. */
const MARGIN = 128;
/** A number takes at least two bytes, itself and its comma. */
const MAX_NUMBERS = SCAN_BYTES / 2;
const PAGE = 64 * 1024;

interface ScanExports {
  readonly memory: WebAssembly.Memory;
  readonly stoppedAt: WebAssembly.Global<'i32'>;
  readonly nameEnd: WebAssembly.Global<'i32'>;
  readonly nameEndRow: WebAssembly.Global<'i32'>;
  readonly edgeTotal: WebAssembly.Global<'f64'>;
  scanNumbers(from: number, to: number, out: number): number;
  splitEdges(...values: number[]): number;
  splitNodes(...values: number[]): number;
}

/** Where the rows of `edges` have their fields, and what is valid in them. */
export interface EdgeRowShape {
  readonly stride: number;
  readonly typeAt: number;
  readonly nameAt: number;
  readonly toAt: number;
  readonly typeCount: number;
  /** Types whose name is a number; -1 where there is none. */
  readonly elementType: number;
  readonly hiddenType: number;
  readonly nodeFieldCount: number;
  readonly nodeCount: number;
}

export interface NodeRowShape {
  readonly stride: number;
  readonly typeAt: number;
  readonly nameAt: number;
  readonly idAt: number;
  readonly sizeAt: number;
  readonly edgeCountAt: number;
  readonly typeCount: number;
  readonly maxEdges: number;
}

/**
 * The inner loops of parsing in WebAssembly (see `assembly/scan.ts`), with the memory they work in. Scan a piece of
 * text, then read `values` or have them split into `types`, `words[0]`, `words[1]` …; every call overwrites the last
 * one's results.
 */
export class ScanKernel {
  /** The numbers of the last scan. */
  readonly values: Uint32Array;
  /** Columns of the last split: the types, and the others in the order of the split's description. */
  readonly types: Uint8Array;
  readonly words: readonly Uint32Array[];
  readonly #exports: ScanExports;
  readonly #input: Uint8Array;
  readonly #inputAt = MARGIN;
  readonly #valuesAt = MARGIN + SCAN_BYTES + MARGIN;
  readonly #typesAt = this.#valuesAt + MAX_NUMBERS * 4;
  readonly #wordsAt: readonly number[];

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, { env: { abort: () => {} } });
    this.#exports = exports as unknown as ScanExports;
    const { memory } = this.#exports;
    const firstWords = this.#typesAt + MAX_NUMBERS;
    this.#wordsAt = [0, 1, 2, 3].map((column) => firstWords + column * MAX_NUMBERS * 4);
    const size = firstWords + 4 * MAX_NUMBERS * 4;
    memory.grow(Math.max(0, Math.ceil(size / PAGE) - memory.buffer.byteLength / PAGE));
    const { buffer } = memory;
    this.#input = new Uint8Array(buffer, this.#inputAt, SCAN_BYTES);
    this.values = new Uint32Array(buffer, this.#valuesAt, MAX_NUMBERS);
    this.types = new Uint8Array(buffer, this.#typesAt, MAX_NUMBERS);
    this.words = this.#wordsAt.map((at) => new Uint32Array(buffer, at, MAX_NUMBERS));
  }

  /** Scans at most {@link SCAN_BYTES} of `chunk` from `from`, up to `to`; `count` numbers are in `values`. */
  scan(chunk: Uint8Array, from: number, to: number): { count: number; consumed: number } {
    const size = Math.min(to - from, SCAN_BYTES);
    this.#input.set(chunk.subarray(from, from + size));
    const count = this.#exports.scanNumbers(this.#inputAt, this.#inputAt + size, this.#valuesAt);
    return { count, consumed: this.#exports.stoppedAt.value - this.#inputAt };
  }

  /** Splits `rows` rows of the last scan, from its value `first` on: types, names, target ordinals. Returns the rows taken. */
  splitEdges(shape: EdgeRowShape, first: number, rows: number, knownNameEnd: number): number {
    const [names, targets] = this.#wordsAt;
    return this.#exports.splitEdges(
      this.#valuesAt + first * 4,
      rows,
      shape.stride,
      shape.typeAt,
      shape.nameAt,
      shape.toAt,
      shape.typeCount,
      shape.elementType,
      shape.hiddenType,
      shape.nodeFieldCount,
      shape.nodeCount,
      knownNameEnd,
      this.#typesAt,
      names,
      targets,
    );
  }

  /** Splits rows of nodes: types, names, ids, self sizes, first edges of the next nodes. Returns the rows taken. */
  splitNodes(
    shape: NodeRowShape,
    first: number,
    rows: number,
    knownNameEnd: number,
    knownEdgeTotal: number,
  ): number {
    return this.#exports.splitNodes(
      this.#valuesAt + first * 4,
      rows,
      shape.stride,
      shape.typeAt,
      shape.nameAt,
      shape.idAt,
      shape.sizeAt,
      shape.edgeCountAt,
      shape.typeCount,
      shape.maxEdges,
      knownNameEnd,
      knownEdgeTotal,
      this.#typesAt,
      ...this.#wordsAt,
    );
  }

  /** After a split: one more than the largest string ordinal of a name so far, and its row where the split met it. */
  get nameEnd(): number {
    return this.#exports.nameEnd.value >>> 0;
  }

  get nameEndRow(): number {
    return this.#exports.nameEndRow.value;
  }

  /** After a split of nodes: the sum of the edge counts. */
  get edgeTotal(): number {
    return this.#exports.edgeTotal.value;
  }
}

let shared: ScanKernel | null | undefined;

/** The kernel of this thread; `null` where the machine's WebAssembly has no SIMD. */
export function scanKernel(): ScanKernel | null {
  if (shared === undefined) {
    // beside `src` and `dist` alike
    const bytes = readFileSync(new URL('../../wasm/scan.wasm', import.meta.url));
    shared = WebAssembly.validate(bytes) ? new ScanKernel(new WebAssembly.Module(bytes)) : null;
  }
  return shared;
}
