import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Limits } from '../limits.js';
import type { ParseContext } from '../parse/parse-context.js';
import type { Compression } from './compression.js';

/** Output that is never taken for a bomb, whatever its ratio. */
const FREE_OUTPUT_BYTES = 64 * 1024 * 1024;
/** fzstd decodes a whole piece at once, and four bytes can stand for 128 KiB. */
const ZSTD_PIECE_BYTES = 1024;
const SECTION = 'compression';

/** Zstandard came to `node:zlib` with Node 22.15. */
const nativeZstd = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress;

/**
 * Unpacks a stream. Fails with `BAD_COMPRESSION` where it is damaged or cut short, and with a limit error where it
 * grows beyond `maxExpansionRatio`. Chunks are valid until the next one is asked for.
 */
export function decompress(
  chunks: AsyncIterable<Uint8Array>,
  compression: Exclude<Compression, 'none'>,
  context: ParseContext,
): AsyncGenerator<Uint8Array> {
  const guard = new ExpansionGuard(context);
  switch (compression) {
    case 'gzip':
      return throughTransform(chunks, zlib.createGunzip(), compression, guard, context);
    case 'zlib':
      return throughTransform(chunks, zlib.createInflate(), compression, guard, context);
    case 'brotli':
      return throughTransform(chunks, zlib.createBrotliDecompress(), compression, guard, context);
    case 'zstd':
      return nativeZstd
        ? throughTransform(chunks, nativeZstd(), compression, guard, context)
        : throughFrameDecoder(chunks, guard, context);
  }
}

/** Bytes that so many packed ones may become before they are refused. */
export function mostUnpackedBytes(
  packed: number,
  { maxExpansionRatio }: Pick<Limits, 'maxExpansionRatio'>,
): number {
  return Math.max(FREE_OUTPUT_BYTES, packed * maxExpansionRatio);
}

/** Counts both sides of a decompression. */
class ExpansionGuard {
  packed = 0;
  unpacked = 0;
  readonly #context: ParseContext;

  constructor(context: ParseContext) {
    this.#context = context;
  }

  addOutput(bytes: number): void {
    this.unpacked += bytes;
    if (this.unpacked > mostUnpackedBytes(this.packed, this.#context.limits)) {
      this.#context.exceeds('maxExpansionRatio', SECTION, this.packed);
    }
  }
}

async function* throughTransform(
  chunks: AsyncIterable<Uint8Array>,
  transform: Transform & { bytesWritten?: number },
  compression: Compression,
  guard: ExpansionGuard,
  context: ParseContext,
): AsyncGenerator<Uint8Array> {
  const closed = new Promise<void>((resolve) => {
    transform.once('close', resolve);
  });
  const pump = (async () => {
    try {
      for await (const chunk of chunks) {
        guard.packed += chunk.length;
        // The callback comes when the chunk was used up: only then may the source overwrite it. A transform that fails
        // meanwhile never calls back.
        const written = new Promise<void>((resolve, reject) => {
          transform.write(chunk, (error) => (error ? reject(error) : resolve()));
        });
        await Promise.race([written, closed]);
        if (transform.destroyed) return;
      }
      transform.end();
    } catch (error) {
      transform.destroy(error as Error);
    }
  })();
  try {
    for await (const output of transform) {
      guard.addOutput((output as Uint8Array).length);
      yield output as Uint8Array;
    }
    await pump;
    const used = transform.bytesWritten ?? guard.packed;
    if (used < guard.packed) {
      context.warn(
        'TRAILING_BYTES',
        `${guard.packed - used} bytes after the end of the ${compression} stream were not read`,
      );
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    context.fail(
      {
        code: 'BAD_COMPRESSION',
        section: SECTION,
        byteOffset: transform.bytesWritten ?? guard.packed,
        expected: `a valid ${compression} stream`,
        actual: (error as Error).message,
      },
      { cause: error },
    );
  } finally {
    transform.destroy();
    // ends the source too: its next write fails
    await pump;
  }
}

/** The decoder's own errors; what the source or a limit threw passes through. */
function isZlibError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    typeof code === 'string' &&
    /^(Z_|ERR__?ERROR_|ERR_BROTLI|ERR_ZSTD|ZSTD_|ERR_PADDING|ERR_BUFFER)/.test(code)
  );
}

async function* throughFrameDecoder(
  chunks: AsyncIterable<Uint8Array>,
  guard: ExpansionGuard,
  context: ParseContext,
): AsyncGenerator<Uint8Array> {
  const { Decompress: FrameDecoder } = await import('fzstd');
  let outputs: Uint8Array[] = [];
  const decoder = new FrameDecoder((output) => {
    guard.addOutput(output.length);
    // the decoder goes on to use its window
    if (output.length > 0) outputs.push(output.slice());
  });
  const push = (piece: Uint8Array, isLast: boolean): void => {
    try {
      decoder.push(piece, isLast);
    } catch (cause) {
      if (typeof (cause as { code?: unknown }).code !== 'number') throw cause;
      context.fail(
        {
          code: 'BAD_COMPRESSION',
          section: SECTION,
          byteOffset: guard.packed,
          expected: 'a valid zstd stream',
          actual: (cause as Error).message,
        },
        { cause },
      );
    }
  };
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += ZSTD_PIECE_BYTES) {
      // a copy: the decoder keeps what it cannot use yet
      const piece = chunk.slice(from, from + ZSTD_PIECE_BYTES);
      guard.packed += piece.length;
      push(piece, false);
      for (const output of outputs) yield output;
      outputs = [];
    }
  }
  push(new Uint8Array(0), true);
  yield* outputs;
}
