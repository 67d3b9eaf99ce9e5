export { type ClassRowInputs, computeClassRows } from './class-rows.js';
export {
  type ClassField,
  type CompareOptions,
  type Comparison,
  type CountByField,
  compareAnswers,
  type Difference,
  type NodeField,
  type StatisticsField,
  type Subject,
} from './compare.js';
export {
  compareDiff,
  compareInEngine,
  type DiffComparison,
  type DiffFigures,
  LOST_ROWS_RULE,
} from './compare-diff.js';
export { compareFile, type FileComparison, RunTotals } from './compare-file.js';
export {
  classTable,
  collectAnswers,
  diffInEngine,
  type EngineAnswers,
  EngineError,
  openInEngine,
  openParsedInEngine,
  runEngine,
  runEngineOnParsed,
} from './devtools-engine.js';
export { bundledEngine } from './engine-bundle.js';
export type {
  EngineClassDiff,
  EngineFilterName,
  EngineLoader,
  EngineModule,
  EngineNodeFilter,
  EngineSnapshot,
} from './engine-module.js';
export { EXCEPTION_RULES, type ExceptionRule } from './exceptions.js';
export { answersOf, heapstreamAnswers, openText } from './heapstream-answers.js';
export { LOADING_RULES, type LoadingRule } from './loading-exceptions.js';
export type { SnapshotJson } from './parsed-profile.js';
export { readDecompressed } from './read-decompressed.js';
export { type EngineReading, readWithEngine } from './read-with-engine.js';
export { ComparisonTotals, describeDifferences } from './report.js';
export {
  type ClassRow,
  type NodeAnswers,
  type PartialAnswers,
  type SnapshotAnswers,
  type SnapshotStatistics,
  UNREACHED,
} from './snapshot-answers.js';
export { WEAK_MAP_TABLES_RULE, withTableIdsModulo2To32 } from './weak-map-tables.js';
