import type { EdgeRow, ObjectRequest, ObjectRow } from './objects.js';

/** Route `paths`: why an object is alive. */
export interface PathsRequest extends ObjectRequest {
  /** Paths wanted, 1 to 20. Default 3. */
  readonly count?: number;
  /** Edges of a path at most, 1 to 10,000. Default 1,000. */
  readonly maxLength?: number;
}

export interface RetainingPaths {
  /** The shortest first. From the root down to the object. */
  readonly paths: readonly RetainingPath[];
  /** Why there is none: held by nothing, by weak edges or by garbage only, or only by longer paths. `null` where there is one. */
  readonly reason: 'nothing' | 'weak' | 'garbage' | 'too-long' | null;
  /** False where the search for more paths gave up. */
  readonly isComplete: boolean;
  /** One sentence: what holds the object, what would free it. Plain text. */
  readonly explanation: string;
  /** The object whose freeing would free it, nearest to it; `null` where only the root does. */
  readonly dominator: ObjectRow | null;
}

export interface RetainingPath {
  readonly start: ObjectRow;
  /** Each an edge and the object that it leads to; the last leads to the object asked about. */
  readonly steps: readonly EdgeRow[];
  /** Whether it begins at a root of the program; else only the system holds it this way. */
  readonly isFromUserRoot: boolean;
}
