export type { CaptureMode, Comparable } from './comparability.js';
export { compareMany, compareManySync, type SnapshotTrend, type TrendRow } from './compare-many.js';
export { type DiffOptions, diffSnapshots, diffSnapshotsSync } from './diff-snapshots.js';
export { DigestFormatError, decodeDigest, encodeDigest } from './digest/digest-file.js';
export type { DigestLimits } from './digest/make-digest.js';
export type {
  DigestGroup,
  DigestObjects,
  GroupNesting,
  SnapshotDigest,
} from './digest/snapshot-digest.js';
export { type DigestOptions, digestSnapshot, digestSnapshotSync } from './digest-snapshot.js';
export { IncomparableSnapshotsError } from './incomparable-snapshots-error.js';
export {
  type OpenComparablesOptions,
  type OpenedComparable,
  type OpenProgress,
  openComparables,
} from './open-comparables.js';
export type {
  InterfacesOf,
  MatchBy,
  Matching,
  MatchOptions,
  MatchReason,
} from './prepare-sides.js';
export type { RowFigures } from './rows-of-classes.js';
export {
  type ChangedObject,
  type ChangedObjectOptions,
  type ChangedObjectPage,
  type DiffRow,
  type DiffTotals,
  type GrownObject,
  SnapshotDiff,
} from './snapshot-diff.js';
export type { CompareProgress, CompareStep, ThreadOptions } from './task-plan.js';
