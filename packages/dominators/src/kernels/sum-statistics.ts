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
  readonly once: Uint32Array;
  readonly twice: Uint32Array;
}

/** Lengths of the columns of {@link StatisticsScratch} that do not depend on the graph. */
export const STATISTICS_LENGTHS = { sums: SUMS, kindByType: TYPES };

/** Whether the kernel knows all that counts: not where names have a prefix that the file does not tell. */
export function areKernelStatistics({ detachednessByNode }: GraphColumns): boolean {
  return !detachednessByNode?.includes(DETACHEDNESS.detached);
}

/** The same as core's `computeStatistics`, of sizes that need no more than 32 bits. */
export function sumStatisticsInKernel(
  { exports }: AnalysisKernel,
  columns: GraphColumns,
  shallowSizeByNode: WideColumn,
  scratch: StatisticsScratch,
): HeapStatistics {
  const { edgeCount, extraNativeBytes, meta, nameByEdge, nameByNode, nodeCount, stringCount, typeByNode } =
    columns;
  const { arrayNames, bufferNames, elementsNames, kindByType, once, stores, sums, twice } = scratch;
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
  let found = 0;
  upwards(0, nodeCount, (first, end) => {
    found += exports.sumKinds(
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
  let jsArrays = sums[ARRAYS];
  if (found > 0) {
    for (const set of [once, twice]) set.fill(0);
    upwards(0, edgeCount, (first, end) =>
      exports.countEdgesTo(first, end, addressOf(stores), addressOf(once), addressOf(twice)),
    );
    // an edge from its array, and no other
    const isShared = new OrdinalSet(nodeCount, twice);
    new OrdinalSet(nodeCount, stores).forEach((store) => {
      if (!isShared.has(store)) jsArrays += shallowSizeByNode[store];
    });
  }
  const native = sums[NATIVE] + extraNativeBytes;
  const total = sums[TOTAL] + extraNativeBytes;
  return {
    total,
    native: { total: native, typedArrays: sums[BUFFERS] },
    v8heap: {
      total: total - native,
      code: sums[CODE],
      jsArrays,
      strings: sums[STRINGS],
      system: sums[HIDDEN],
    },
  };
}
