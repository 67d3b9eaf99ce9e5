export { encodeChunks, joinText } from './chunks.js';
export type { HeapPlan, PlannedEdge, PlannedNode } from './heap-plan.js';
export { streamHeap } from './heap-plan.js';
export {
  deepTraceTree,
  exampleHeap,
  megabytesOfSpaces,
  nestedArrays,
  stringsAcrossChunks,
  unknownNumbers,
} from './hostile-snapshots.js';
export type { EscapeStyle, JsonStyle, JsonValue, LayoutName } from './json-style.js';
export { distinctClasses, doublyLinkedRing, islands, layeredDag, linearChain, star } from './large-heaps.js';
export { RealisticHeap, type RealisticHeapOptions, type RealisticHeapTotals } from './realistic-heap.js';
export type {
  BuilderOptions,
  EdgeSpec,
  HeaderCounts,
  LocationSpec,
  NodeSpec,
  SnapshotOptions,
  TraceFunctionSpec,
  TraceNodeSpec,
} from './snapshot-builder.js';
export { SnapshotBuilder } from './snapshot-builder.js';
export type { SectionBody } from './write-sections.js';
export { NumberRows, RawText, StringList } from './write-sections.js';
