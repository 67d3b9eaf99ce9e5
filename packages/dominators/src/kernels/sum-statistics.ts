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
  readonly sums: Float64Array;
  readonly kindByType: Uint8Array;
  readonly bufferNames: Uint32Array;
  readonly arrayNames: Uint32Array;
  readonly elementsNames: Uint32Array;
  readonly stores: Uint32Array;
}

/** Statistics that may lack something. */
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

/**
 * The same as core's `computeStatistics`, of sizes that need no more than 32 bits, but for what {@link addArrayStores}
 * adds once the retainers are known.
 */
export function sumStatisticsInKernel(
  { exports }: AnalysisKernel,
  columns: GraphColumns,
  shallowSizeByNode: WideColumn,
  scratch: StatisticsScratch,
): PartialStatistics {
  const { extraNativeBytes, meta, nameByEdge, nameByNode, nodeCount, stringCount, typeByNode } = columns;
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
  upwards(0, nodeCount, (first, end) => {
    storeCount += exports.sumKinds(
      first,
      end,
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
  const native = sums[NATIVE] + extraNativeBytes;
  const total = sums[TOTAL] + extraNativeBytes;
  const statistics = {
    total,
    native: { total: native, typedArrays: sums[BUFFERS] },
    v8heap: {
      total: total - native,
      code: sums[CODE],
      jsArrays: sums[ARRAYS],
      strings: sums[STRINGS],
      system: sums[HIDDEN],
    },
  };
  return { statistics, storeCount };
}

/** Adds the sizes of the backing stores to which nothing points but their arrays. */
export function addArrayStores(
  { statistics, storeCount }: PartialStatistics,
  { stores }: StatisticsScratch,
  shallowSizeByNode: WideColumn,
  { firstRetainerByNode }: Retainers,
): HeapStatistics {
  if (storeCount === 0) return statistics;
  let size = 0;
  new OrdinalSet(shallowSizeByNode.length, stores).forEach((store) => {
    if (firstRetainerByNode[store + 1] - firstRetainerByNode[store] === 1) size += shallowSizeByNode[store];
  });
  const { v8heap } = statistics;
  return { ...statistics, v8heap: { ...v8heap, jsArrays: v8heap.jsArrays + size } };
}
