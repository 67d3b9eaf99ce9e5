/** The body of every answer that is no success. */
export interface ApiErrorBody {
  readonly error: ApiError;
}

export interface ApiError {
  readonly code: ApiErrorCode;
  /** One sentence. Holds text of the request or of a file: never markup. */
  readonly message: string;
  /** The request's parameter that is wrong, of `BAD_PARAMETER` and `PATTERN_TOO_SLOW`. */
  readonly parameter?: string;
}

/**
 * What went wrong, with its HTTP status: a parameter is missing or wrong, or the object is not there (400); no token, or a wrong one
 * (401); a foreign `Host`, `Origin` or `Sec-Fetch-Site` (403); no such route (404); not `GET` or `HEAD` (405); the snapshot is not loaded
 * yet (409) or could not be (410); two snapshots cannot be compared (422); memory ran out (507); a fault of ours (500). A heapstream
 * error of another kind has its own `code` (422).
 */
export type ApiErrorCode =
  | 'BAD_PARAMETER'
  | 'PATTERN_TOO_SLOW'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'SNAPSHOT_NOT_READY'
  | 'SNAPSHOT_FAILED'
  | 'INTERNAL'
  | (string & {});
