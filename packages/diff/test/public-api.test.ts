import { expect, test } from 'vitest';
import { exportedTypes } from '../../core/test/support/exported-types.js';
import * as diff from '../src/index.js';

const VALUES = [
  'DigestFormatError',
  'IncomparableSnapshotsError',
  'SnapshotDiff',
  'compareMany',
  'compareManySync',
  'decodeDigest',
  'diffSnapshots',
  'diffSnapshotsSync',
  'digestSnapshot',
  'digestSnapshotSync',
  'encodeDigest',
  'openComparables',
];

const TYPES = [
  'CaptureMode',
  'ChangedObject',
  'ChangedObjectOptions',
  'ChangedObjectPage',
  'Comparable',
  'CompareProgress',
  'CompareStep',
  'DiffOptions',
  'DiffRow',
  'DiffTotals',
  'DigestGroup',
  'DigestLimits',
  'DigestObjects',
  'DigestOptions',
  'GroupNesting',
  'GrownObject',
  'InterfacesOf',
  'MatchBy',
  'MatchOptions',
  'MatchReason',
  'Matching',
  'OpenComparablesOptions',
  'OpenProgress',
  'OpenedComparable',
  'RowFigures',
  'SnapshotDigest',
  'SnapshotTrend',
  'ThreadOptions',
  'TrendRow',
];

test('exports these values, and nothing else', () => {
  expect(Object.keys(diff).sort()).toEqual(VALUES);
});

test('exports these types, and nothing else', () => {
  expect(exportedTypes(new URL('../src/index.ts', import.meta.url))).toEqual(TYPES);
});
