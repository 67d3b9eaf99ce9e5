import type { SnapshotHeader } from '../format/snapshot-header.js';
import { compareText } from '../graph/compare-text.js';
import { StringTable } from '../graph/string-table.js';
import { compareClaim } from '../parse/header-claims.js';
import { HeldNumbers } from '../parse/held-numbers.js';
import type { NumberSink } from '../parse/number-sink.js';
import type { ParseContext } from '../parse/parse-context.js';
import { type SectionHandlers, SectionTable } from '../parse/section-table.js';
import { StringArrayParser } from '../parse/string-array-parser.js';
import type { ValueParser } from '../parse/value-parser.js';
import { CountedNumbers } from './counted-numbers.js';
import type { Histogram, HistogramRow } from './histogram.js';
import { NodeTally, ROWS_AT_ONCE } from './node-tally.js';
import type { TypeNameTable } from './type-name-table.js';

/** Sums up the nodes while they pass; keeps the names that nodes have, and nothing of the edges but their number. */
export class HistogramSections implements SectionHandlers {
  readonly table: SectionTable;
  readonly #context: ParseContext;
  readonly #rowsAtOnce: number;
  #header: SnapshotHeader | undefined;
  #heldNodes: HeldNumbers | undefined;
  #nodes: NodeTally | undefined;
  #edgeNumbers = new CountedNumbers();
  #strings: StringArrayParser | undefined;

  constructor(context: ParseContext, rowsAtOnce: number = ROWS_AT_ONCE) {
    this.#rowsAtOnce = rowsAtOnce;
    this.#context = context;
    this.table = new SectionTable(this, context);
  }

  get nodeCount(): number {
    return this.#nodes?.count ?? 0;
  }

  get edgeCount(): number {
    return Math.floor(this.#edgeNumbers.count / (this.#header?.meta.edgeFields.length ?? 3));
  }

  nodes(): NumberSink {
    if (this.#header === undefined) {
      this.#heldNodes = new HeldNumbers();
      return this.#heldNodes;
    }
    this.#nodes = new NodeTally(this.#header, this.#rowsAtOnce);
    return this.#nodes;
  }

  edges(): NumberSink {
    if (this.#header !== undefined) {
      const { claimedEdgeCount, meta } = this.#header;
      this.#edgeNumbers = new CountedNumbers(meta.edgeFields.length, claimedEdgeCount);
    }
    return this.#edgeNumbers;
  }

  strings(): ValueParser {
    // names that no node has need not be kept, once the nodes are known
    const names = this.table.endOf('nodes') > 0 ? this.#nodes?.usedNames() : undefined;
    const options = names ? { keep: (ordinal: number) => names.has(ordinal) } : {};
    this.#strings = new StringArrayParser('strings', this.#context, options);
    return this.#strings;
  }

  optional(): NumberSink {
    return new CountedNumbers();
  }

  traceTree(): undefined {
    return undefined;
  }

  onHeader(header: SnapshotHeader): void {
    this.#header = header;
    const held = this.#heldNodes;
    if (held === undefined) return;
    const tally = new NodeTally(header, this.#rowsAtOnce);
    this.table.onRowsOf('nodes', () => held.drainInto(tally));
    this.#nodes = tally;
  }

  finish(byteOffset: number): Histogram {
    this.table.end(byteOffset);
    const { meta } = this.#header!;
    const nodes = this.#nodes!;
    if (nodes.count === 0) this.#refuseEmpty();
    this.#checkEdges(nodes.edgeTotal, meta.edgeFields.length);
    compareClaim(this.#header!, 'node_count', nodes.count, this.#context);
    compareClaim(this.#header!, 'edge_count', nodes.edgeTotal, this.#context);
    const parsed = this.#strings!.result;
    const strings = new StringTable({
      stringBytes: parsed.bytes,
      moreStringBytes: parsed.moreBytes,
      stringCount: parsed.count,
      stringStart: parsed.start,
      hasLoneSurrogates: parsed.hasLoneSurrogates,
    });
    const rows = this.#rowsOf(nodes.table, strings);
    rows.sort((a, b) => b.selfSize - a.selfSize || b.count - a.count || compareText(a.name, b.name));
    return {
      nodeCount: nodes.count,
      edgeCount: nodes.edgeTotal,
      totalSelfSize: nodes.totalSize,
      rows,
      warnings: this.#context.warnings,
    };
  }

  /** One row for each type and name, though a producer may write a string twice. */
  #rowsOf(table: TypeNameTable, strings: StringTable): HistogramRow[] {
    const { nodeTypes } = this.#header!.meta;
    const rows: HistogramRow[] = [];
    const firstRowByName = new Map<string, number>();
    /** row → the next one of its name; 0: none, as no row follows before row 0 */
    const nextRow: number[] = [];
    for (const { type: typeOrdinal, name: nameOrdinal, count, selfSize } of table.rows()) {
      if (nameOrdinal >= strings.count) this.#refuseName(nameOrdinal, strings.count);
      const row: HistogramRow = {
        type: nodeTypes[typeOrdinal],
        name: strings.get(nameOrdinal),
        count,
        selfSize,
      };
      const first = firstRowByName.get(row.name);
      let twin = first;
      while (twin !== undefined && rows[twin].type !== row.type) twin = nextRow[twin] || undefined;
      if (twin !== undefined) {
        rows[twin] = { ...row, count: rows[twin].count + count, selfSize: rows[twin].selfSize + selfSize };
        continue;
      }
      if (first === undefined) firstRowByName.set(row.name, rows.length);
      nextRow.push(first === undefined ? 0 : nextRow[first]);
      if (first !== undefined) nextRow[first] = rows.length;
      rows.push(row);
    }
    return rows;
  }

  #refuseEmpty(): never {
    return this.#context.fail({
      code: 'BAD_ROWS',
      section: 'nodes',
      byteOffset: this.table.endOf('nodes'),
      expected: 'at least one node, the root',
      actual: 'none',
    });
  }

  #checkEdges(edgeTotal: number, fieldCount: number): void {
    if (this.#edgeNumbers.count === edgeTotal * fieldCount) return;
    this.#context.fail({
      code: 'BAD_ROWS',
      section: 'edges',
      byteOffset: this.table.endOf('edges'),
      expected: `${edgeTotal} edges (the sum of edge_count) of ${fieldCount} numbers`,
      actual: `${this.#edgeNumbers.count} numbers`,
    });
  }

  #refuseName(name: number, stringCount: number): never {
    return this.#context.fail({
      code: 'BAD_REFERENCE',
      section: 'nodes',
      byteOffset: this.table.startOf('nodes'),
      expected: `string ordinals below ${stringCount}`,
      actual: String(name),
    });
  }
}
