export type { AnalysisColumns } from './analysis-columns.js';
export {
  type AnalysisProgress,
  type AnalysisStep,
  type AnalyzeOptions,
  analyze,
  analyzeSync,
} from './analyze.js';
export { type ClassRow, HeapAnalysis, type Retainer } from './heap-analysis.js';
export { BASE_SYSTEM_DISTANCE, UNREACHED } from './kernels/distances.js';
