import { readFileSync } from 'node:fs';

/** Bytes scanned at a time: input, numbers and columns of a block stay in the second-level cache. */
export const SCAN_BYTES = 64 * 1024;
/** Behind the input the kernel reads up to a whole block of 64 bytes; before it, 16 bytes. */
const MARGIN = 128;
const PAGE = 64 * 1024;

interface ScanExports {
  readonly memory: WebAssembly.Memory;
  readonly stoppedAt: WebAssembly.Global<'i32'>;
  readonly reachedEnd: WebAssembly.Global<'i32'>;
  readonly nameEnd: WebAssembly.Global<'i32'>;
  readonly nameEndRow: WebAssembly.Global<'i32'>;
  readonly edgeTotal: WebAssembly.Global<'f64'>;
  prepare(): void;
  scanNumbers(from: number, to: number, out: number): number;
  splitEdges(...values: number[]): number;
  splitNodes(...values: number[]): number;
  readonly textLength: WebAssembly.Global<'i32'>;
  readonly stringsEnd: WebAssembly.Global<'i32'>;
  scanStrings(from: number, to: number, out: number, ends: number, base: number): number;
  extractField(first: number, rows: number, stride: number, out: number): void;
  sumField(first: number, rows: number, stride: number): number;
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
  /** -1 where the file has no such field. */
  readonly detachednessAt: number;
  readonly traceAt: number;
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
  /** The text: `scan` copies it here, other callers may read a file straight into it. */
  readonly input: Uint8Array;
  readonly #exports: ScanExports;
  readonly #inputAt = MARGIN;
  readonly #valuesAt: number;
  readonly #typesAt: number;
  readonly #wordsAt: readonly number[];

  /** `inputBytes`: the longest text; the kernel takes 12 times that of address space, and of memory what it writes. */
  constructor(module: WebAssembly.Module, inputBytes = SCAN_BYTES) {
    const { exports } = new WebAssembly.Instance(module, { env: { abort: () => {} } });
    this.#exports = exports as unknown as ScanExports;
    const { memory } = this.#exports;
    // a number takes at least two bytes, itself and its comma
    const maxNumbers = (inputBytes + MARGIN) >> 1;
    this.#valuesAt = roundUp(MARGIN + inputBytes + MARGIN);
    this.#typesAt = roundUp(this.#valuesAt + maxNumbers * 4);
    const firstWords = roundUp(this.#typesAt + maxNumbers);
    this.#wordsAt = [0, 1, 2, 3].map((column) => firstWords + column * roundUp(maxNumbers * 4));
    const size = firstWords + 4 * roundUp(maxNumbers * 4);
    memory.grow(Math.max(0, Math.ceil(size / PAGE) - memory.buffer.byteLength / PAGE));
    const { buffer } = memory;
    this.#exports.prepare();
    this.input = new Uint8Array(buffer, this.#inputAt, inputBytes);
    this.values = new Uint32Array(buffer, this.#valuesAt, maxNumbers);
    this.types = new Uint8Array(buffer, this.#typesAt, maxNumbers);
    this.words = this.#wordsAt.map((at) => new Uint32Array(buffer, at, maxNumbers));
  }

  /** Scans as much of `chunk` from `from`, up to `to`, as fits the input; `count` numbers are in `values`. */
  scan(chunk: Uint8Array, from: number, to: number): { count: number; consumed: number } {
    const size = Math.min(to - from, this.input.length);
    this.input.set(chunk.subarray(from, from + size));
    const count = this.scanInput(0, size, 0);
    return { count, consumed: this.stoppedAt };
  }

  /** Scans `input` from `from` up to `to` into `values` from `first` on; returns how many numbers. */
  scanInput(from: number, to: number, first: number): number {
    return this.#exports.scanNumbers(this.#inputAt + from, this.#inputAt + to, this.#valuesAt + first * 4);
  }

  /**
   * Scans strings of `chunk` from `from`, up to `to`: `text` is what they hold, `values` where each of the `count` ends,
   * counted on from `base`; `consumed` bytes were taken.
   */
  scanStrings(
    chunk: Uint8Array,
    from: number,
    to: number,
    base: number,
  ): { count: number; consumed: number; text: Uint8Array } {
    const size = Math.min(to - from, this.input.length);
    this.input.set(chunk.subarray(from, from + size));
    const [out] = this.#wordsAt;
    const end = this.#inputAt + size;
    const count = this.#exports.scanStrings(this.#inputAt, end, out, this.#valuesAt, base);
    const text = new Uint8Array(this.#exports.memory.buffer, out, this.#exports.textLength.value);
    return { count, consumed: this.#exports.stringsEnd.value - this.#inputAt, text };
  }

  /** After a scan: the position in `input` behind the last comma taken. */
  get stoppedAt(): number {
    return this.#exports.stoppedAt.value - this.#inputAt;
  }

  /** After a scan: whether it came to its end; it stops before what is not regular. */
  get reachedEnd(): boolean {
    return this.#exports.reachedEnd.value === 1;
  }

  /** Every `stride`-th of `rows` values from `first` on, in `words[0]`. */
  extractField(first: number, rows: number, stride: number): Uint32Array {
    this.#exports.extractField(this.#valuesAt + first * 4, rows, stride, this.#wordsAt[0]);
    return this.words[0].subarray(0, rows);
  }

  /** Sum of every `stride`-th of `rows` values from `first` on. */
  sumField(first: number, rows: number, stride: number): number {
    return this.#exports.sumField(this.#valuesAt + first * 4, rows, stride);
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

function roundUp(address: number): number {
  return Math.ceil(address / 64) * 64;
}

let sharedModule: WebAssembly.Module | null | undefined;
let shared: ScanKernel | null | undefined;

/** The compiled kernel; `null` where there is no WebAssembly (`node --jitless`), or it has no SIMD. */
export function scanModule(): WebAssembly.Module | null {
  if (sharedModule === undefined && typeof WebAssembly === 'undefined') sharedModule = null;
  if (sharedModule === undefined) {
    // beside `src` and `dist` alike
    const bytes = readFileSync(new URL('../../wasm/scan.wasm', import.meta.url));
    sharedModule = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return sharedModule;
}

/** The kernel of this thread; `null` where there is none. */
export function scanKernel(): ScanKernel | null {
  if (shared === undefined) {
    const module = scanModule();
    shared = module && new ScanKernel(module);
  }
  return shared;
}
