import { getSystemErrorMap } from 'node:util';
import { HeapstreamError, SnapshotSourceError } from '../errors.js';

/** What went wrong with a source, in the words of {@link SnapshotSourceError} unless the source has its own. */
export function asSourceError(error: unknown, name: string): HeapstreamError {
  // a source that can tell what went wrong, such as a capture, is believed
  if (error instanceof HeapstreamError) return error;
  const { errno, message } = error as NodeJS.ErrnoException;
  // the system's words without the path, which stands in front anyway
  const [, systemMessage] = getSystemErrorMap().get(errno ?? 0) ?? [];
  return new SnapshotSourceError(name, systemMessage ?? message ?? String(error), { cause: error });
}
