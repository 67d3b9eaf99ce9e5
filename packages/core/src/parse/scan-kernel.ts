/// <reference path="../kernel/web-assembly.d.ts" />
import type { KernelMemory } from '../kernel/column-arena.js';
import { compileKernel } from '../kernel/load-kernel.js';
import { bytesOf, copyBytes } from '../memory/copy-bytes.js';
import { fillKnownTable, KNOWN_TABLE_BYTES } from './known-table.js';

// beside `src` and `dist` alike
const FILE = new URL('../../wasm/scan.wasm', import.meta.url);

/** Bytes scanned at a time: input, numbers and columns of a block stay in the second-level cache. */
export const SCAN_BYTES = 64 * 1024;
/** Behind the input the kernel reads up to a whole block of 64 bytes; before it, 16 bytes. */
const MARGIN = 128;
/** Before it lie the tables of the kernel; see `prepare` in `assembly/scan.ts`. */
const FIRST_BYTE = 128;
const PAGE = 64 * 1024;

interface ScanExports {
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
  findKnown(text: number, ends: number, count: number, base: number, known: number, out: number): number;
  extractField(first: number, rows: number, stride: number, out: number): void;
  sumField(first: number, rows: number, stride: number): number;
  divideOffsets(at: number, count: number, nodeFieldCount: number, nodeCount: number): void;
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

/** A place in the memory of columns where a kernel may put its text and numbers: `ScanKernel.bytesFor` bytes. */
export interface ScanPlace {
  readonly memory: KernelMemory;
  readonly at: number;
}

/**
 * The inner loops of parsing in WebAssembly (see `assembly/scan.ts`), with the memory they work in: a small one of its
 * own, or that of the columns, which it then splits rows straight into. Scan a piece of text, then read `values` or have
 * them split; every call overwrites the last one's results.
 */
export class ScanKernel {
  /** The text: `scan` copies it here, other callers may read a file straight into it. */
  readonly input: Uint8Array;
  /** The numbers of the last scan. */
  readonly values: Uint32Array;
  /** The columns of a split, the types and words of 32 bits, where the kernel's memory is its own; else `null`. */
  readonly split: { readonly types: Uint8Array; readonly words: readonly Uint32Array[] } | null;
  readonly #knownAt: number;
  readonly #exports: ScanExports;
  readonly #memory: KernelMemory;

  /** `inputBytes`: the longest text. The kernel takes 12 times that of address space, and of memory what it writes. */
  constructor(module: WebAssembly.Module, inputBytes = SCAN_BYTES, place?: ScanPlace) {
    const maxNumbers = maxNumbersIn(inputBytes);
    const inputAt = (place?.at ?? FIRST_BYTE) + MARGIN;
    const valuesAt = roundUp(inputAt + inputBytes + MARGIN);
    const wordsAt = [0, 1, 2, 3].map((word) => valuesAt + (word + 1) * roundUp(maxNumbers * 4));
    const typesAt = wordsAt[3] + roundUp(maxNumbers * 4);
    this.#knownAt = roundUp(typesAt + maxNumbers);
    this.#memory = place?.memory ?? memoryOf(this.#knownAt + KNOWN_TABLE_BYTES);
    const { buffer } = this.#memory;
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory, abort: () => {} } });
    this.#exports = exports as unknown as ScanExports;
    this.#exports.prepare();
    this.input = new Uint8Array(buffer, inputAt, inputBytes);
    this.values = new Uint32Array(buffer, valuesAt, maxNumbers);
    this.split = place
      ? null
      : {
          types: new Uint8Array(buffer, typesAt, maxNumbers),
          words: wordsAt.map((at) => new Uint32Array(buffer, at, maxNumbers)),
        };
    if (!place) fillKnownTable(new Uint8Array(buffer, this.#knownAt, KNOWN_TABLE_BYTES));
  }

  /** Bytes that a kernel for so much text takes in the memory of columns. */
  static bytesFor(inputBytes: number): number {
    return roundUp(MARGIN + inputBytes + MARGIN) + roundUp(maxNumbersIn(inputBytes) * 4);
  }

  /** Scans as much of `chunk` from `from`, up to `to`, as fits the input; `count` numbers are in `values`. */
  scan(chunk: Uint8Array, from: number, to: number): { count: number; consumed: number } {
    const size = Math.min(to - from, this.input.length);
    copyBytes(chunk.subarray(from, from + size), this.input, 0);
    const count = this.scanInput(0, size, 0);
    return { count, consumed: this.stoppedAt };
  }

  /** Scans `input` from `from` up to `to` into `values` from `first` on; returns how many numbers. */
  scanInput(from: number, to: number, first: number): number {
    const { byteOffset } = this.input;
    return this.#exports.scanNumbers(byteOffset + from, byteOffset + to, this.#addressOf(first));
  }

  /**
   * Scans strings of `chunk` from `from`, up to `to`: `text` is what they hold, `values` where each of the `count` ends,
   * counted on from `base`, and `known` what `KnownCollector` is told of them; `consumed` bytes were taken. For kernels with
   * a memory of their own.
   */
  scanStrings(
    chunk: Uint8Array,
    from: number,
    to: number,
    base: number,
  ): { count: number; consumed: number; text: Uint8Array; known: Uint32Array } {
    const size = Math.min(to - from, this.input.length);
    copyBytes(chunk.subarray(from, from + size), this.input, 0);
    const { byteOffset } = this.input;
    const [out, pairs] = this.split!.words;
    const at = out.byteOffset;
    const ends = this.#addressOf(0);
    const count = this.#exports.scanStrings(byteOffset, byteOffset + size, at, ends, base);
    const text = new Uint8Array(this.#memory.buffer, at, this.#exports.textLength.value);
    const found = this.#exports.findKnown(at, ends, count, base, this.#knownAt, pairs.byteOffset);
    return {
      count,
      consumed: this.#exports.stringsEnd.value - byteOffset,
      text,
      known: pairs.subarray(0, found * 2),
    };
  }

  /** After a scan: the position in `input` behind the last comma taken. */
  get stoppedAt(): number {
    return this.#exports.stoppedAt.value - this.input.byteOffset;
  }

  /** After a scan: whether it came to its end; it stops before what is not regular. */
  get reachedEnd(): boolean {
    return this.#exports.reachedEnd.value === 1;
  }

  /** Every `stride`-th of `rows` values from `first` on, as `words[0]` of the split. */
  extractField(first: number, rows: number, stride: number): Uint32Array {
    const [words] = this.split!.words;
    this.#exports.extractField(this.#addressOf(first), rows, stride, words.byteOffset);
    return words.subarray(0, rows);
  }

  /** Turns offsets of nodes into ordinals, in place; what is none of a node becomes `NO_NODE`. */
  divideOffsets(column: Uint32Array, nodeFieldCount: number, nodeCount: number): void {
    const { values } = this;
    for (let from = 0; from < column.length; from += values.length) {
      const part = column.subarray(from, from + values.length);
      copyBytes(bytesOf(part), bytesOf(values), 0);
      this.#exports.divideOffsets(values.byteOffset, part.length, nodeFieldCount, nodeCount);
      copyBytes(bytesOf(values.subarray(0, part.length)), bytesOf(part), 0);
    }
  }

  /** Sum of every `stride`-th of `rows` values from `first` on. */
  sumField(first: number, rows: number, stride: number): number {
    return this.#exports.sumField(this.#addressOf(first), rows, stride);
  }

  /**
   * Splits `rows` rows of the last scan, from its value `first` on, into columns that begin at the addresses `into` of
   * the kernel's memory: types, names, target ordinals. Returns the rows taken.
   */
  splitEdges(
    shape: EdgeRowShape,
    first: number,
    rows: number,
    knownNameEnd: number,
    into: readonly number[],
  ): number {
    return this.#exports.splitEdges(
      this.#addressOf(first),
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
      ...into,
    );
  }

  /** Splits rows of nodes: types, names, ids, self sizes, first edges of the next nodes. Returns the rows taken. */
  splitNodes(
    shape: NodeRowShape,
    first: number,
    rows: number,
    knownNameEnd: number,
    knownEdgeTotal: number,
    into: readonly number[],
  ): number {
    return this.#exports.splitNodes(
      this.#addressOf(first),
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
      ...into,
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

  #addressOf(value: number): number {
    return this.values.byteOffset + value * 4;
  }
}

/** A number takes at least two bytes, itself and its comma. */
function maxNumbersIn(inputBytes: number): number {
  return (inputBytes + MARGIN) >> 1;
}

function memoryOf(bytes: number): KernelMemory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

function roundUp(address: number): number {
  return Math.ceil(address / 64) * 64;
}

let shared: ScanKernel | null | undefined;

/** The compiled kernel; `null` where it cannot run. */
export function scanModule(): WebAssembly.Module | null {
  return compileKernel(FILE);
}

/** The kernel of this thread; `null` where there is none. */
export function scanKernel(): ScanKernel | null {
  if (shared === undefined) {
    const module = scanModule();
    shared = module && new ScanKernel(module);
  }
  return shared;
}
