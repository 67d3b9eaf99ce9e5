import {
  addressOf,
  DETACHEDNESS,
  EDGE_NAME,
  EDGE_TYPE,
  edgeTypeOrdinal,
  type GraphColumns,
  type HeapStatistics,
  NODE_TYPE,
  OrdinalSet,
  SPECIAL_NAME,
  StringTable,
  upwards,
  type WideColumn,
} from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';
import type { Retainers } from './retainers.js';

/** What types are told apart by, in order of their numbers. Those without a name are the first. */
const KINDS: readonly (readonly string[])[] = [
  [],
  [NODE_TYPE.native],
  [NODE_TYPE.hidden],
  [NODE_TYPE.code],
  [NODE_TYPE.string, NODE_TYPE.concatenatedString, NODE_TYPE.slicedString],
];
const TYPES = 256;
const [TOTAL, BUFFERS, ARRAYS] = [0, 1, 2];
const [NATIVE, HIDDEN, CODE, STRINGS] = [4, 5, 6, 7];
const SUMS = 8;

/** What {@link sumStatisticsInKernel} works in, whatever it holds: sets of strings and nodes, and a few numbers. */
export interface StatisticsScratch {
  /** The kernel writes whole numbers of 64 bits. */
  readonly sums: Float64Array;
  readonly kindByType: Uint8Array;
  readonly bufferNames: Uint32Array;
  readonly arrayNames: Uint32Array;
  readonly elementsNames: Uint32Array;
  readonly stores: Uint32Array;
}

/** Statistics of some nodes, which may lack something. */
export interface PartialStatistics {
  readonly statistics: HeapStatistics;
  /** The backing stores of arrays that are to be added: so many nodes are in {@link StatisticsScratch.stores}. */
  readonly storeCount: number;
}

/** Lengths of the columns of {@link StatisticsScratch} that do not depend on the graph. */
export const STATISTICS_LENGTHS = { sums: SUMS, kindByType: TYPES };

/** Whether the kernel knows all that counts: not where names have a prefix that the file does not tell. */
export function areKernelStatistics({ detachednessByNode }: GraphColumns): boolean {
  return !detachednessByNode?.includes(DETACHEDNESS.detached);
}

/** Of nodes that nobody looked at. */
export const NO_STATISTICS: PartialStatistics = {
  statistics: {
    total: 0,
    native: { total: 0, typedArrays: 0 },
    v8heap: { total: 0, code: 0, jsArrays: 0, strings: 0, system: 0 },
  },
  storeCount: 0,
};

/**
 * The same as core's `computeStatistics` for the nodes in [first, end), of sizes that need no more than 32 bits, but for
 * what {@link sumStores} finds once the retainers are known. `outside`: bytes of native memory that no node has.
 */
export function sumStatisticsInKernel(
  { exports }: AnalysisKernel,
  columns: GraphColumns,
  [first, end]: readonly [first: number, end: number],
  shallowSizeByNode: WideColumn,
  scratch: StatisticsScratch,
  outside: number,
): PartialStatistics {
  const { meta, nameByEdge, nameByNode, stringCount, typeByNode } = columns;
  const { arrayNames, bufferNames, elementsNames, kindByType, stores, sums } = scratch;
  const strings = new StringTable(columns);
  const fillWith = (set: Uint32Array, text: string): void => {
    const names = new OrdinalSet(stringCount, set.fill(0));
    for (const name of strings.ordinalsOf(text)) names.add(name);
  };
  fillWith(bufferNames, SPECIAL_NAME.arrayBufferData);
  fillWith(arrayNames, SPECIAL_NAME.array);
  fillWith(elementsNames, EDGE_NAME.elements);
  kindByType.fill(0);
  meta.nodeTypes.forEach((type, ordinal) => {
    kindByType[ordinal] = Math.max(
      0,
      KINDS.findIndex((types) => types.includes(type)),
    );
  });
  for (const cleared of [sums, stores]) cleared.fill(0);
  exports.startStatistics(addressOf(shallowSizeByNode), addressOf(sums));
  const internal = edgeTypeOrdinal(meta, EDGE_TYPE.internal);
  let storeCount = 0;
  upwards(first, end, (from, to) => {
    storeCount += exports.sumKinds(
      from,
      to,
      addressOf(typeByNode),
      addressOf(nameByNode),
      addressOf(kindByType),
      addressOf(bufferNames),
      addressOf(arrayNames),
      addressOf(nameByEdge),
      internal,
      addressOf(elementsNames),
      addressOf(stores),
    );
  });
  const { buffer, byteOffset } = sums;
  const bytes = Array.from(new BigUint64Array(buffer, byteOffset, SUMS), Number);
  const native = bytes[NATIVE] + outside;
  const total = bytes[TOTAL] + outside;
  const statistics = {
    total,
    native: { total: native, typedArrays: bytes[BUFFERS] },
    v8heap: {
      total: total - native,
      code: bytes[CODE],
      jsArrays: bytes[ARRAYS],
      strings: bytes[STRINGS],
      system: bytes[HIDDEN],
    },
  };
  return { statistics, storeCount };
}

/** What {@link sumStores} needs. `stores`: sets of nodes, of which none with one retainer is in two. */
export interface StoresInput {
  readonly stores: readonly Uint32Array[];
  readonly retainers: Retainers;
  readonly shallowSizeByNode: WideColumn;
}

/** The sizes of the backing stores to which nothing points but their arrays. */
export function sumStores({ retainers, shallowSizeByNode, stores }: StoresInput): number {
  const { firstRetainerByNode } = retainers;
  let sum = 0;
  for (const set of stores) {
    new OrdinalSet(shallowSizeByNode.length, set).forEach((store) => {
      const isAlone = firstRetainerByNode[store + 1] - firstRetainerByNode[store] === 1;
      if (isAlone) sum += shallowSizeByNode[store];
    });
  }
  return sum;
}

/** The same as {@link sumStores}, of sizes that need no more than 32 bits. */
export function sumStoresInKernel(
  { exports }: AnalysisKernel,
  { retainers, shallowSizeByNode, stores }: StoresInput,
): number {
  const [firstRetainers, sizes] = [retainers.firstRetainerByNode, shallowSizeByNode].map(addressOf);
  let sum = 0;
  for (const set of stores) {
    upwards(0, shallowSizeByNode.length, (first, end) => {
      sum += exports.sumStores(first, end, addressOf(set), firstRetainers, sizes);
    });
  }
  return sum;
}

/** Adds parts up, and the size of the backing stores: see {@link sumStores}. */
export function joinStatistics(parts: readonly HeapStatistics[], storeSize: number): HeapStatistics {
  const sum = (figure: (statistics: HeapStatistics) => number): number =>
    parts.reduce((total, statistics) => total + figure(statistics), 0);
  return {
    total: sum(({ total }) => total),
    native: {
      total: sum(({ native }) => native.total),
      typedArrays: sum(({ native }) => native.typedArrays),
    },
    v8heap: {
      total: sum(({ v8heap }) => v8heap.total),
      code: sum(({ v8heap }) => v8heap.code),
      jsArrays: sum(({ v8heap }) => v8heap.jsArrays) + storeSize,
      strings: sum(({ v8heap }) => v8heap.strings),
      system: sum(({ v8heap }) => v8heap.system),
    },
  };
}
