/** Bounds on what an input may ask for; whoever exceeds one gets a `SnapshotLimitError`. */
export interface Limits {
  /** Levels of brackets and braces inside one section (a trace tree has two a frame). */
  maxDepth: number;
  /** Bytes of the `snapshot` section: field lists and a few numbers. */
  maxHeaderBytes: number;
  /** Bytes of one string, in UTF-8; beyond about 512 MiB JavaScript has no string to show. */
  maxStringBytes: number;
  /**
   * How many times larger than its compressed form an input may be. Checked after the first 64 MiB; real snapshots
   * reach about 20 with gzip and 40 with brotli.
   */
  maxExpansionRatio: number;
}

/** Nodes that a graph can have: an entry of the retainers keeps a bit for itself. No option moves this limit. */
export const MAX_NODES = 2 ** 31 - 1;
/** Edges that a graph can have: their ordinals take 32 bits. No option moves this limit. */
export const MAX_EDGES = 2 ** 32 - 2;

export const DEFAULT_LIMITS: Readonly<Limits> = {
  maxDepth: 100_000,
  maxHeaderBytes: 16 * 1024 * 1024,
  maxStringBytes: 256 * 1024 * 1024,
  maxExpansionRatio: 500,
};
