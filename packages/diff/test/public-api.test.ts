import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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
