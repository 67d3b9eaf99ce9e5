export { type CheckedSnapshot, SnapshotChecker } from './check/snapshot-checker.js';
export {
  type FormatProblem,
  HeapstreamError,
  IndexDamagedError,
  NotEnoughMemoryError,
  OperationAbortedError,
  OutOfMemoryError,
  type SnapshotFormatCode,
  SnapshotFormatError,
  SnapshotLimitError,
  SnapshotSourceError,
} from './errors.js';
export {
  type EdgeTypeName,
  edgeTypeOrdinal,
  NO_TYPE,
  type NodeTypeName,
  nodeTypeOrdinal,
  type SnapshotMeta,
} from './format/snapshot-meta.js';
export { DETACHEDNESS, EDGE_NAME, EDGE_TYPE, NODE_TYPE, SPECIAL_NAME } from './format/type-names.js';
export { rowCountOf, rowsOf, scatteredRowsOf } from './graph/column-rows.js';
export { compareText } from './graph/compare-text.js';
export { EdgeView } from './graph/edge-view.js';
export {
  type GraphColumns,
  type LocationColumns,
  NO_NODE,
  type SampleColumns,
  type ScopeColumns,
  type TraceFunctionColumns,
  type TraceTreeColumns,
  type WideColumn,
} from './graph/graph-columns.js';
export { GroupTable, mixHash } from './graph/group-table.js';
export { HeapGraph } from './graph/heap-graph.js';
export type { KnownStrings } from './graph/known-strings.js';
export { LocationTable } from './graph/location-table.js';
export { type Detachedness, NodeView } from './graph/node-view.js';
export { OrdinalSet } from './graph/ordinal-set.js';
export { formatLocation, type SourceLocation } from './graph/source-location.js';
export { StringMatcher } from './graph/string-matcher.js';
export { StringTable } from './graph/string-table.js';
export {
  type Histogram,
  type HistogramOptions,
  type HistogramRow,
  readHistogram,
} from './histogram/histogram.js';
export type { GroupValue, IndexProgress, WriteOptions } from './index-file/index-writer.js';
export type { IndexOptions } from './index-file/open-indexed.js';
export { SnapshotIndex } from './index-file/snapshot-index.js';
export type { Compression } from './input/compression.js';
export type { ReadOptions, SnapshotProgress } from './input/read-document.js';
export type { SnapshotSource } from './input/snapshot-source.js';
export { addressOf, downwards, STRIDE, untilDone, upwards } from './kernel/call-ranges.js';
export { arenaOf, ColumnArena, type KernelMemory } from './kernel/column-arena.js';
export { groupSlots } from './kernel/group-slots.js';
export { type KernelStrings, stringsForKernel } from './kernel/kernel-strings.js';
export { type KernelImports, loadKernel } from './kernel/load-kernel.js';
export { DEFAULT_LIMITS, type Limits } from './limits.js';
export { type AvailableMemory, type MemoryLimit, readAvailableMemory } from './memory/available-memory.js';
export { estimateMemory } from './memory/estimate-memory.js';
export { checkMemory, type MemoryPolicy } from './memory/memory-check.js';
export type { GraphSize, MemoryEstimate } from './memory/memory-estimate.js';
export type { MemoryOptions } from './memory/refuse-what-will-not-fit.js';
export type { SystemFiles } from './memory/system-files.js';
export { type ClassifyScratch, memoryForClasses } from './naming/class-kernel.js';
export { JOINED_LENGTH, partsOfConcatenated } from './naming/display-name.js';
export { type InterfaceDefinition, InterfaceIndex, NO_DEFINITION } from './naming/interface-index.js';
export { inferInterfaces } from './naming/interfaces.js';
export { type ClassColumns, type ClassIdentity, classifyNodes, NodeClasses } from './naming/node-classes.js';
export { type OpenOptions, openSnapshot, readIndexGroup } from './open-snapshot.js';
export {
  type ColumnAllocator,
  columnsIn,
  SHARED_COLUMNS,
  sharedFloat64,
  sharedUint8,
  sharedUint32,
  sparseColumnsIn,
} from './parse/allocate-columns.js';
export {
  createPool,
  HeapPool,
  type PoolOptions,
  type PoolTask,
  type RunOptions,
  sharedPool,
  WorkerFailedError,
} from './pool/heap-pool.js';
export { computeShallowSizes, type ShallowSizeMemory, transferSizes } from './sizes/shallow-sizes.js';
export { findUserRoots } from './sizes/user-roots.js';
export { type ClassSummary, summarizeClasses } from './summary/class-summary.js';
export { computeStatistics, type HeapStatistics } from './summary/statistics.js';
export type { SnapshotWarning, SnapshotWarningCode } from './warnings.js';
