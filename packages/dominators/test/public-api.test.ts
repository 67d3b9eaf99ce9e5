import { expect, test } from 'vitest';
import { exportedTypes } from '../../core/test/support/exported-types.js';
import * as dominators from '../src/index.js';

const VALUES = [
  'BASE_SYSTEM_DISTANCE',
  'HeapAnalysis',
  'NameMatcher',
  'NodeSelection',
  'RETAINED_BY',
  'UNREACHED',
  'allocationStackOf',
  'analyze',
  'analyzeSync',
  'dominatorChain',
  'estimateAnalysisMemory',
  'explainWeakMapEdge',
  'findAllocationSites',
  'findClasses',
  'findDuplicateStrings',
  'findNativeContexts',
  'findRetainingPaths',
  'findStoredAnalysis',
  'keepAnalysis',
  'largestDominated',
  'largestNodes',
  'largestStrings',
  'listChildren',
  'listRetainers',
  'liveBytesOverTime',
  'matchStrings',
  'objectsOfClass',
  'readAnalysis',
  'readSummary',
  'searchNodes',
  'selectRetainedBy',
  'summaryOf',
  'tabulateClasses',
  'weakMapEntryOf',
];

const TYPES = [
  'AllocationFrame',
  'AllocationInterval',
  'AllocationSite',
  'AnalysisColumns',
  'AnalysisMemory',
  'AnalysisProgress',
  'AnalysisStep',
  'AnalyzeOptions',
  'Child',
  'ChildOptions',
  'ClassFigures',
  'ClassRow',
  'ClassTable',
  'ClassTableInput',
  'DominatorTree',
  'DuplicateStrings',
  'HeapSummary',
  'LinkPage',
  'NativeContext',
  'NativeContextTable',
  'NoPathReason',
  'NodePage',
  'ObjectOptions',
  'PageOptions',
  'ReadAnalysisOptions',
  'RetainedBy',
  'Retainer',
  'RetainingPath',
  'RetainingPathOptions',
  'RetainingPaths',
  'RetainingStep',
  'SearchQuery',
  'SummaryOptions',
  'WeakMapEntry',
];

test('exports these values, and nothing else', () => {
  expect(Object.keys(dominators).sort()).toEqual(VALUES);
});

test('exports these types, and nothing else', () => {
  expect(exportedTypes(new URL('../src/index.ts', import.meta.url))).toEqual(TYPES);
});
