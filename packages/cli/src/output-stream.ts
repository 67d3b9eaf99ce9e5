import { pipeline } from 'node:stream/promises';
import type { OutputStream } from './cli-io.js';

/** Codes of a write to a pipe that nobody reads any more. `EOF` is what Windows calls it. */
const READER_GONE = new Set(['EPIPE', 'EOF']);

/** The output could not be written: a full disk, say. `cause` is the original error. */
export class OutputError extends Error {
  constructor(cause: NodeJS.ErrnoException) {
    super(`cannot write the output: ${cause.message}`, { cause });
    this.name = 'OutputError';
  }
}

/**
 * Writes a text, or all chunks of one, no faster than the reader takes them, and leaves the stream open. A reader that leaves early
 * (`| head`) has what it wanted: the rest is dropped without an error.
 */
export async function writeText(
  stream: OutputStream,
  text: string | Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  let failure: NodeJS.ErrnoException | undefined;
  const noteFailure = (error: NodeJS.ErrnoException) => {
    failure = error;
  };
  stream.once('error', noteFailure);
  try {
    // a pipeline's start takes longer than to write a short text
    await (typeof text === 'string' ? writeOnce(stream, text) : pipeline(text, stream, { end: false }));
  } catch (error) {
    // Anything else came from the one who makes the chunks.
    if (error !== failure) throw error;
    if (!READER_GONE.has(failure?.code ?? '')) throw new OutputError(failure!);
  } finally {
    stream.off('error', noteFailure);
  }
}

function writeOnce(stream: OutputStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error) resolve();
      // its event comes next
      else setImmediate(() => reject(error));
    });
  });
}
