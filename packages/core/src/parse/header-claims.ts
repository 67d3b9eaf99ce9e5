import type { SnapshotHeader } from '../format/snapshot-header.js';
import type { ParseContext } from './parse-context.js';

/** The counts of the header, which are hints: what is read counts. */
const CLAIMS = {
  node_count: 'claimedNodeCount',
  edge_count: 'claimedEdgeCount',
  trace_function_count: 'claimedTraceFunctionCount',
} as const;

/** Warns where the header claims another number than the file has. */
export function compareClaim(
  header: SnapshotHeader,
  key: keyof typeof CLAIMS,
  actual: number,
  context: ParseContext,
): void {
  const claimed = header[CLAIMS[key]];
  if (claimed === actual || header.unusedKeys.has(key)) return;
  if (claimed === undefined && actual === 0) return;
  const claim = claimed === undefined ? 'is absent' : `says ${claimed}`;
  context.warn('HEADER_COUNT', `snapshot.${key} ${claim}; the file has ${actual}`);
}
