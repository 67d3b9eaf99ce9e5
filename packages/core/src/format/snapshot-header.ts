import { describe, isRecord, MetaProblem, parseMeta } from './parse-meta.js';
import type { SnapshotMeta } from './snapshot-meta.js';

/** The `snapshot` section. Counts are what the file claims, `undefined` where it does not; the arrays are the truth. */
export interface SnapshotHeader {
  readonly meta: SnapshotMeta;
  readonly claimedNodeCount: number | undefined;
  readonly claimedEdgeCount: number | undefined;
  readonly claimedTraceFunctionCount: number | undefined;
  /** Node offset of the root; `undefined`: node 0. */
  readonly rootOffset: number | undefined;
  readonly extraNativeBytes: number;
  /** Keys whose value was left out, which was warned of. */
  readonly unusedKeys: ReadonlySet<string>;
}

/**
 * Reads the `snapshot` section; throws a {@link MetaProblem} if the columns cannot be read by it. `warn` is told of
 * values that are left out because their type is wrong.
 */
export function parseHeader(section: unknown, warn: (message: string) => void): SnapshotHeader {
  if (!isRecord(section)) throw new MetaProblem('an object at snapshot', describe(section));
  const unusedKeys = new Set<string>();
  const count = (key: string): number | undefined => {
    const value = section[key];
    if (value === undefined) return undefined;
    if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
    unusedKeys.add(key);
    warn(`snapshot.${key} is ${describe(value)}, not a whole number of 0 or more, and was not used`);
    return undefined;
  };
  return {
    meta: parseMeta(section.meta),
    claimedNodeCount: count('node_count'),
    claimedEdgeCount: count('edge_count'),
    claimedTraceFunctionCount: count('trace_function_count'),
    rootOffset: count('root_index'),
    extraNativeBytes: count('extra_native_bytes') ?? 0,
    unusedKeys,
  };
}
