import type { SnapshotHeader } from '../format/snapshot-header.js';
import { HeldNumbers } from '../parse/held-numbers.js';
import type { NumberSink } from '../parse/number-sink.js';
import type { ParseContext } from '../parse/parse-context.js';
import { type SectionHandlers, SectionTable } from '../parse/section-table.js';
import { StringArrayParser } from '../parse/string-array-parser.js';
import type { ValueParser } from '../parse/value-parser.js';
import { EdgeCheck } from './edge-check.js';
import { NodeCheck } from './node-check.js';

/** Checks the sections of a snapshot against each other and keeps nothing of them. */
export class CheckSections implements SectionHandlers {
  readonly table: SectionTable;
  readonly #context: ParseContext;
  #header: SnapshotHeader | undefined;
  #nodes: NodeCheck | undefined;
  #edges: EdgeCheck | undefined;
  #heldNodes: HeldNumbers | undefined;
  #heldEdges: HeldNumbers | undefined;
  #strings: StringArrayParser | undefined;

  constructor(context: ParseContext) {
    this.#context = context;
    this.table = new SectionTable(this, context);
  }

  get nodeCount(): number {
    return this.#nodes?.count ?? 0;
  }

  get edgeCount(): number {
    return this.#edges?.count ?? 0;
  }

  nodes(): NumberSink {
    if (this.#nodes !== undefined) return this.#nodes;
    this.#heldNodes = new HeldNumbers();
    return this.#heldNodes;
  }

  edges(): NumberSink {
    if (this.#edges !== undefined) return this.#edges;
    this.#heldEdges = new HeldNumbers();
    return this.#heldEdges;
  }

  strings(): ValueParser {
    this.#strings = new StringArrayParser('strings', this.#context, { keep: () => false });
    return this.#strings;
  }

  optional(): undefined {
    return undefined;
  }

  traceTree(): undefined {
    return undefined;
  }

  onHeader(header: SnapshotHeader): void {
    const { meta } = header;
    this.#header = header;
    const nodes = new NodeCheck(meta);
    const edges = new EdgeCheck(meta);
    this.#nodes = nodes;
    this.#edges = edges;
    // rows that came before the header
    this.table.onRowsOf('nodes', () => this.#heldNodes?.drainInto(nodes));
    this.table.onRowsOf('edges', () => this.#heldEdges?.drainInto(edges));
  }

  /** Fails where the sections do not fit each other. */
  finish(byteOffset: number): void {
    this.table.end(byteOffset);
    const nodes = this.#nodes!;
    const edges = this.#edges!;
    const stringCount = this.#strings!.result.count;
    if (nodes.count === 0) this.#refuse('nodes', 'BAD_ROWS', 'at least one node, the root', 'none');
    if (nodes.edgeTotal !== edges.count) {
      const expected = `${nodes.edgeTotal} edges (the sum of edge_count)`;
      this.#refuse('edges', 'BAD_ROWS', expected, String(edges.count));
    }
    const { meta, rootOffset = 0 } = this.#header!;
    const root = rootOffset / meta.nodeFields.length;
    if (!Number.isInteger(root) || root >= nodes.count) {
      const expected = `root_index as a node offset below ${nodes.count * meta.nodeFields.length}`;
      this.#refuse('snapshot', 'BAD_REFERENCE', expected, String(rootOffset));
    }
    if (edges.maxTarget >= nodes.count) {
      const expected = `node ordinals below ${nodes.count}`;
      this.#refuse('edges', 'BAD_REFERENCE', expected, String(edges.maxTarget));
    }
    for (const [section, { maxName }] of [
      ['nodes', nodes],
      ['edges', edges],
    ] as const) {
      if (maxName < stringCount) continue;
      this.#refuse(section, 'BAD_REFERENCE', `string ordinals below ${stringCount}`, String(maxName));
    }
  }

  #refuse(
    section: 'snapshot' | 'nodes' | 'edges',
    code: 'BAD_ROWS' | 'BAD_REFERENCE',
    expected: string,
    actual: string,
  ): never {
    return this.#context.fail({ code, section, byteOffset: this.table.endOf(section), expected, actual });
  }
}
