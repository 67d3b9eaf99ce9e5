import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as dominators from '../src/index.js';

const VALUES = [
  'BASE_SYSTEM_DISTANCE',
  'HeapAnalysis',
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
  'objectsOfClass',
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
  const source = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/export (type )?\{([^}]*)\} from/g)].flatMap(([, allAreTypes, list]) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name.startsWith('type ') || (allAreTypes !== undefined && name !== ''))
      .map((name) => name.replace(/^type /, '')),
  );
  expect(names.sort()).toEqual(TYPES);
});
