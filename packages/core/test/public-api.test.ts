import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as core from '../src/index.js';

const VALUES = [
  'DEFAULT_LIMITS',
  'DETACHEDNESS',
  'EDGE_TYPE',
  'EdgeView',
  'GroupTable',
  'HeapGraph',
  'HeapPool',
  'HeapstreamError',
  'IndexDamagedError',
  'InterfaceIndex',
  'LocationTable',
  'NODE_TYPE',
  'NO_DEFINITION',
  'NO_NODE',
  'NO_TYPE',
  'NodeClasses',
  'NodeView',
  'NotEnoughMemoryError',
  'OperationAbortedError',
  'OrdinalSet',
  'OutOfMemoryError',
  'SPECIAL_NAME',
  'SnapshotChecker',
  'SnapshotFormatError',
  'SnapshotIndex',
  'SnapshotLimitError',
  'SnapshotSourceError',
  'StringMatcher',
  'StringTable',
  'WorkerFailedError',
  'checkMemory',
  'classifyNodes',
  'computeShallowSizes',
  'computeStatistics',
  'createPool',
  'edgeTypeOrdinal',
  'estimateMemory',
  'findUserRoots',
  'formatLocation',
  'inferInterfaces',
  'mixHash',
  'nodeTypeOrdinal',
  'openSnapshot',
  'readAvailableMemory',
  'readHistogram',
  'rowCountOf',
  'rowsOf',
  'scatteredRowsOf',
  'sharedFloat64',
  'sharedPool',
  'sharedUint32',
  'sharedUint8',
  'summarizeClasses',
];

const TYPES = [
  'AvailableMemory',
  'CheckedSnapshot',
  'ClassColumns',
  'ClassIdentity',
  'ClassSummary',
  'Compression',
  'Detachedness',
  'EdgeTypeName',
  'FormatProblem',
  'GraphColumns',
  'GraphSize',
  'GroupValue',
  'HeapStatistics',
  'Histogram',
  'HistogramRow',
  'IndexOptions',
  'IndexProgress',
  'InterfaceDefinition',
  'Limits',
  'LocationColumns',
  'MemoryEstimate',
  'MemoryLimit',
  'MemoryOptions',
  'MemoryPolicy',
  'NodeTypeName',
  'OpenOptions',
  'PoolOptions',
  'PoolTask',
  'ReadOptions',
  'RunOptions',
  'SampleColumns',
  'ScopeColumns',
  'ShallowSizeMemory',
  'SnapshotFormatCode',
  'SnapshotMeta',
  'SnapshotProgress',
  'SnapshotSource',
  'SnapshotWarning',
  'SnapshotWarningCode',
  'SourceLocation',
  'SystemFiles',
  'TraceFunctionColumns',
  'TraceTreeColumns',
  'WideColumn',
  'WriteOptions',
];

test('exports these values, and nothing else', () => {
  expect(Object.keys(core).sort()).toEqual(VALUES);
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
