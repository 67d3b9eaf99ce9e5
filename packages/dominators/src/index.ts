export type { AnalysisColumns } from './analysis-columns.js';
export { type AnalysisMemory, estimateAnalysisMemory } from './analysis-memory.js';
export type { AnalysisProgress, AnalysisStep } from './analysis-progress.js';
export { type AnalyzeOptions, analyze, analyzeSync } from './analyze.js';
export type { ClassFigures } from './class-figures.js';
export { summaryOf } from './compute-summary.js';
export { type ClassRow, HeapAnalysis, type Retainer } from './heap-analysis.js';
export { type HeapSummary, readSummary, type SummaryOptions } from './heap-summary.js';
export { type ClassTable, type ClassTableInput, tabulateClasses } from './kernels/class-table.js';
export { BASE_SYSTEM_DISTANCE, UNREACHED } from './kernels/distances.js';
export type { DominatorTree } from './kernels/dominator-tree.js';
export {
  type AllocationFrame,
  type AllocationInterval,
  type AllocationSite,
  allocationStackOf,
  findAllocationSites,
  liveBytesOverTime,
} from './queries/allocation-stacks.js';
export { dominatorChain, largestDominated } from './queries/dominator-chain.js';
export { type DuplicateStrings, findDuplicateStrings, largestStrings } from './queries/duplicate-strings.js';
export { RETAINED_BY, type RetainedBy, selectRetainedBy } from './queries/filters.js';
export {
  type Child,
  type ChildOptions,
  type LinkPage,
  listChildren,
  listRetainers,
} from './queries/linked-nodes.js';
export {
  findNativeContexts,
  type NativeContext,
  type NativeContextTable,
} from './queries/native-contexts.js';
export { largestNodes, type NodePage, type PageOptions } from './queries/node-page.js';
export { NodeSelection } from './queries/node-selection.js';
export { findClasses, type ObjectOptions, objectsOfClass } from './queries/objects-of-class.js';
export {
  findRetainingPaths,
  type NoPathReason,
  type RetainingPath,
  type RetainingPathOptions,
  type RetainingPaths,
  type RetainingStep,
} from './queries/retaining-paths.js';
export { matchStrings, NameMatcher, type SearchQuery, searchNodes } from './queries/search.js';
export { explainWeakMapEdge, type WeakMapEntry, weakMapEntryOf } from './queries/weak-map-entry.js';
export { type ReadAnalysisOptions, readAnalysis } from './read-analysis.js';
export { findStoredAnalysis, keepAnalysis } from './stored-analysis.js';
