import { OperationAbortedError } from '../errors.js';
import { foreignFormatOfBytes } from '../format/foreign-formats.js';
import { DEFAULT_LIMITS, type Limits } from '../limits.js';
import { DocumentParser, type SectionReader } from '../parse/document-parser.js';
import type { RowProgress } from '../parse/parallel/phase.js';
import type { RowReader, SizedFile } from '../parse/parallel/row-reader.js';
import { ParseContext } from '../parse/parse-context.js';
import { type Compression, detectCompression } from './compression.js';
import { decompress, mostUnpackedBytes } from './decompress.js';
import { openSource, type SnapshotSource } from './snapshot-source.js';
import { sniff } from './sniff.js';
import { TextFeed } from './text-feed.js';

/** What a reader tells while it works. */
export interface SnapshotProgress {
  readonly phase: 'parse';
  /** The top-level key being read. */
  readonly section: string;
  /** Bytes of the source read so far (compressed ones where it is compressed), and their number where it is known. */
  readonly done: number;
  readonly total: number | undefined;
  /** Whole nodes and edges read so far. */
  readonly nodes: number;
  readonly edges: number;
}

export interface ReadOptions {
  /** What errors call a stream. Default: the path, or `<stream>`. */
  name?: string;
  /** Default `auto`: by the first bytes, then by the name (`.br`). */
  compression?: Compression | 'auto';
  /** Aborting rejects with an `OperationAbortedError` and closes the source. */
  signal?: AbortSignal | undefined;
  /** Called after every chunk, at most a few hundred times a second. */
  onProgress?: (progress: SnapshotProgress) => void;
  /** Bounds on hostile input; see `Limits`. */
  limits?: Partial<Limits>;
}

/** Takes the sections of one document. */
export interface DocumentSections {
  readonly table: SectionReader;
  readonly nodeCount: number;
  readonly edgeCount: number;
}

export interface ReadDocument<S> {
  readonly sections: S;
  readonly context: ParseContext;
  /** Bytes of the (decompressed) document. */
  readonly byteLength: number;
}

/**
 * Streams a source through decompression and the document parser into the sections that `createSections` makes.
 * `rowReader`: takes large sections of rows out of the document parser's hands.
 */
export async function readDocument<S extends DocumentSections>(
  source: SnapshotSource,
  options: ReadOptions,
  createSections: (context: ParseContext) => S,
  rowReader?: RowReader,
): Promise<ReadDocument<S>> {
  const { signal } = options;
  throwIfAborted(signal);
  const opening = openSource(source, options.name);
  const stream = await untilAborted(opening, signal).catch((error) => {
    // a named pipe opens when somebody writes to it
    opening.then((late) => late.close()).catch(() => {});
    throw error;
  });
  const context = new ParseContext(stream.name, { ...DEFAULT_LIMITS, ...options.limits });
  const sections = createSections(context);
  const document = new DocumentParser(sections.table, context, rowReader !== undefined);
  let done = 0;
  let file: SizedFile | undefined;
  const report = (live?: RowProgress): void => {
    const { section } = document;
    options.onProgress?.({
      phase: 'parse',
      section,
      done: file ? (live?.byteOffset ?? document.byteOffset) : done,
      total: stream.size,
      // who only sums rows up has a part of them at a time
      nodes: Math.max(sections.nodeCount, live && section === 'nodes' ? live.rows : 0),
      edges: Math.max(sections.edgeCount, live && section === 'edges' ? live.rows : 0),
    });
  };
  const counted = countBytes(stream.chunks, (bytes) => {
    done += bytes;
  });
  try {
    const { start, chunks } = await untilAborted(sniff(counted), signal);
    const compression = chooseCompression(start, options.compression, stream.name, context);
    if (stream.size !== undefined) {
      context.size =
        compression === 'none'
          ? { exact: stream.size }
          : { atMost: mostUnpackedBytes(stream.size, context.limits) };
    }
    const text = compression === 'none' ? chunks : decompress(chunks, compression, context);
    const iterator = text[Symbol.asyncIterator]();
    try {
      const feed = new TextFeed(() => untilAborted(iterator.next(), signal));
      if (compression === 'none') file = stream.file;
      for (;;) {
        const chunk = await feed.next();
        if (chunk === undefined) break;
        feed.unread([chunk.subarray(document.write(chunk))]);
        if (rowReader && document.rows) {
          await rowReader.read(document, feed, file, report);
          throwIfAborted(signal);
        }
        report();
        // behind the end of a compressed document its checksum must still be read
        if (document.trailingOffset >= 0 && compression === 'none') break;
      }
    } finally {
      // a source that is waited for may never answer: it is closed below
      iterator.return?.().catch(() => {});
    }
  } finally {
    const closing = stream.close();
    if (!signal?.aborted) await closing;
  }
  document.end();
  if (document.trailingOffset >= 0) {
    context.warn(
      'TRAILING_BYTES',
      `bytes after the end of the document, from byte ${document.trailingOffset} on, were not read`,
    );
  }
  // how much of what lies behind the document was read depends on how the bytes are cut
  const byteLength = document.trailingOffset >= 0 ? document.trailingOffset : document.byteOffset;
  return { sections, context, byteLength };
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new OperationAbortedError('reading the snapshot', { cause: signal.reason });
}

/** Settles as `work` does, or rejects as soon as the signal fires. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(new OperationAbortedError('reading the snapshot', { cause: signal.reason }));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    work.catch(() => {});
    signal.removeEventListener('abort', onAbort!);
  }
}

async function* countBytes(
  chunks: AsyncIterable<Uint8Array>,
  add: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    add(chunk.length);
    yield chunk;
  }
}

function chooseCompression(
  start: Uint8Array,
  wanted: Compression | 'auto' | undefined,
  name: string,
  context: ParseContext,
): Compression {
  if (wanted !== undefined && wanted !== 'auto') return wanted;
  const isJson = start[0] === 0x7b && (start[1] === 0x22 || start[1] === 0x0a || start[1] === 0x20);
  if (/\.br$/i.test(name) && !isJson) return 'brotli';
  const foreign = foreignFormatOfBytes(start);
  if (foreign !== undefined) {
    context.fail({
      code: 'FOREIGN_FORMAT',
      section: 'document',
      byteOffset: 0,
      expected: 'a V8 heap snapshot',
      actual: foreign,
    });
  }
  return detectCompression(start) ?? 'brotli';
}
