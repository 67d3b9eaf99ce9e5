/** Something in a snapshot that is not as it should be, but does not make its numbers wrong. */
export interface SnapshotWarning {
  readonly code: SnapshotWarningCode;
  /** One sentence for people, with the figures. */
  readonly message: string;
}

export type SnapshotWarningCode =
  /** `node_count`, `edge_count` or `trace_function_count` of the header is not what the arrays hold. */
  | 'HEADER_COUNT'
  /** Bytes inside strings that are not UTF-8 were replaced by U+FFFD. */
  | 'BAD_UTF8'
  /** Bytes stand after the end of the document (or of the compressed stream) and were not read. */
  | 'TRAILING_BYTES'
  /** An optional section appears twice; the last one counts, as in `JSON.parse`. */
  | 'REPEATED_SECTION'
  /** A value of the header has the wrong type and was not used. */
  | 'HEADER_VALUE'
  /** Top-level keys that this version does not know were skipped. */
  | 'UNKNOWN_SECTION'
  /** Rows of an optional section refer to what does not exist and were dropped. */
  | 'DROPPED_ROWS'
  /** An index file was wanted and could not be written; the graph is as good without it. */
  | 'INDEX_NOT_WRITTEN'
  /** The index file was damaged and was made anew from the snapshot. */
  | 'INDEX_REBUILT';
