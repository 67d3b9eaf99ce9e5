import type { SnapshotHeader } from '../format/snapshot-header.js';
import { type DocumentSections, type ReadOptions, readDocument } from '../input/read-document.js';
import type { SnapshotSource } from '../input/snapshot-source.js';
import type { NumberSink } from '../parse/number-sink.js';
import type { ParseContext } from '../parse/parse-context.js';
import { type SectionHandlers, SectionTable } from '../parse/section-table.js';
import { StringArrayParser } from '../parse/string-array-parser.js';
import { estimateOpening, type MemoryEstimate } from './memory-estimate.js';

/**
 * How much memory `openSnapshot` will take for this source, in bytes on top of what the process holds before. Reads
 * the header and no more, which stands first in real files; a stream is closed behind it.
 *
 * Counts with what the header claims, as far as the bytes of the file can hold it. Of a stream the size is unknown, and
 * of a compressed file no more than how far it may expand: there the claims count alone. Within 15 % on real files;
 * values of 2³² and more, and strings that a compressed file or a stream has in plenty, come on top. Errors as
 * `openSnapshot`.
 */
export async function estimateMemory(
  source: SnapshotSource,
  options: ReadOptions = {},
): Promise<MemoryEstimate> {
  try {
    const { sections, byteLength } = await readDocument(
      source,
      options,
      (context) => new HeaderSections(context),
    );
    return sections.refuseWithoutHeader(byteLength);
  } catch (reason) {
    if (!(reason instanceof HeaderFound)) throw reason;
    return reason.estimate;
  }
}

/** Ends the reading. */
class HeaderFound {
  readonly estimate: MemoryEstimate;

  constructor(estimate: MemoryEstimate) {
    this.estimate = estimate;
  }
}

const DROPPED: NumberSink = { push: () => {}, end: () => {} };

/** Passes over everything up to the header. */
class HeaderSections implements SectionHandlers, DocumentSections {
  readonly table: SectionTable;
  readonly nodeCount = 0;
  readonly edgeCount = 0;
  readonly #context: ParseContext;

  constructor(context: ParseContext) {
    this.#context = context;
    this.table = new SectionTable(this, context);
  }

  onHeader(header: SnapshotHeader): never {
    throw new HeaderFound(estimateOpening(header, this.#context.size));
  }

  refuseWithoutHeader(byteOffset: number): never {
    this.table.end(byteOffset);
    throw new Error('the section table lets no document without a header pass');
  }

  nodes(): NumberSink {
    return DROPPED;
  }

  edges(): NumberSink {
    return DROPPED;
  }

  strings(): StringArrayParser {
    return new StringArrayParser('strings', this.#context, { keep: () => false });
  }

  optional(): undefined {
    return undefined;
  }

  traceTree(): undefined {
    return undefined;
  }
}
