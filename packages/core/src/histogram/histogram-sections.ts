import { NODE_REQUIRED_FIELDS } from '../format/parse-meta.js';
import type { SnapshotHeader } from '../format/snapshot-header.js';
import { compareText } from '../graph/compare-text.js';
import { StringTable } from '../graph/string-table.js';
import { MAX_UINT32 } from '../parse/allocate-columns.js';
import { compareClaim } from '../parse/header-claims.js';
import { HeldNumbers } from '../parse/held-numbers.js';
import { type NumberBatch, type NumberSink, RowProblem } from '../parse/number-sink.js';
import type { ParseContext } from '../parse/parse-context.js';
import { type SectionHandlers, SectionTable } from '../parse/section-table.js';
import { StringArrayParser } from '../parse/string-array-parser.js';
import type { ValueParser } from '../parse/value-parser.js';
import type { Histogram, HistogramRow } from './histogram.js';
import { TypeNameTable } from './type-name-table.js';

/** Sums up the nodes while they pass; keeps the names that nodes have, and nothing of the edges but their number. */
export class HistogramSections implements SectionHandlers {
  readonly table: SectionTable;
  readonly #context: ParseContext;
  #header: SnapshotHeader | undefined;
  #heldNodes: HeldNumbers | undefined;
  #nodes: NodeTally | undefined;
  readonly #edgeNumbers = new CountedNumbers();
  #strings: StringArrayParser | undefined;

  constructor(context: ParseContext) {
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
    this.#nodes = new NodeTally(this.#header);
    return this.#nodes;
  }

  edges(): NumberSink {
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
    const tally = new NodeTally(header);
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
    // a producer may write a string twice, and would then have two rows of one name
    const rowsByName = new Map<string, HistogramRow[]>();
    for (const { type: typeOrdinal, name: nameOrdinal, count, selfSize } of nodes.table.rows()) {
      if (nameOrdinal >= strings.count) this.#refuseName(nameOrdinal, strings.count);
      const type = meta.nodeTypes[typeOrdinal];
      const name = strings.get(nameOrdinal);
      const rows = rowsByName.get(name) ?? [];
      if (rows.length === 0) rowsByName.set(name, rows);
      const twin = rows.findIndex((row) => row.type === type);
      if (twin < 0) rows.push({ type, name, count, selfSize });
      else
        rows[twin] = {
          type,
          name,
          count: rows[twin].count + count,
          selfSize: rows[twin].selfSize + selfSize,
        };
    }
    const rows = [...rowsByName.values()].flat();
    rows.sort((a, b) => b.selfSize - a.selfSize || b.count - a.count || compareText(a.name, b.name));
    return {
      nodeCount: nodes.count,
      edgeCount: nodes.edgeTotal,
      totalSelfSize: nodes.totalSize,
      rows,
      warnings: this.#context.warnings,
    };
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

/** Counts numbers and forgets them. */
class CountedNumbers implements NumberSink {
  count = 0;

  push(_values: NumberBatch, count: number): void {
    this.count += count;
  }

  end(): void {
    // whoever knows the fields compares the count
  }
}

/** Sums nodes up by type and name. */
class NodeTally implements NumberSink {
  readonly table = new TypeNameTable();
  count = 0;
  totalSize = 0;
  edgeTotal = 0;
  readonly #fieldCount: number;
  readonly #typeCount: number;
  readonly #typeAt: number;
  readonly #nameAt: number;
  readonly #sizeAt: number;
  readonly #edgeCountAt: number;
  /** The row that a batch cuts, and how many of its values are there. */
  readonly #cutRow: Float64Array;
  #cutCount = 0;

  constructor(header: SnapshotHeader) {
    const { nodeFields, nodeTypes } = header.meta;
    const [type, name, , size, edgeCount] = NODE_REQUIRED_FIELDS;
    this.#fieldCount = nodeFields.length;
    this.#typeCount = nodeTypes.length;
    this.#typeAt = nodeFields.indexOf(type);
    this.#nameAt = nodeFields.indexOf(name);
    this.#sizeAt = nodeFields.indexOf(size);
    this.#edgeCountAt = nodeFields.indexOf(edgeCount);
    this.#cutRow = new Float64Array(nodeFields.length);
  }

  push(values: NumberBatch, count: number): void {
    let next = 0;
    while (this.#cutCount > 0 && next < count) this.#takeCut(values, next++);
    for (; next + this.#fieldCount <= count; next += this.#fieldCount) this.#take(values, next, next);
    while (next < count) this.#takeCut(values, next++);
  }

  end(): void {
    if (this.#cutCount === 0) return;
    const actual = `${this.count} rows and ${this.#cutCount} numbers`;
    throw new RowProblem(-1, 'BAD_ROWS', `whole rows of ${this.#fieldCount} numbers`, actual);
  }

  /** String ordinals of all names. */
  usedNames(): Set<number> {
    const names = new Set<number>();
    for (const { name } of this.table.rows()) names.add(name);
    return names;
  }

  #takeCut(values: NumberBatch, index: number): void {
    this.#check(this.#cutCount, values[index], index);
    this.#cutRow[this.#cutCount++] = values[index];
    if (this.#cutCount < this.#fieldCount) return;
    this.#cutCount = 0;
    this.#take(this.#cutRow, 0, index);
  }

  /** The row at `at`; `index` is where its values stand in the batch. */
  #take(row: NumberBatch, at: number, index: number): void {
    const type = row[at + this.#typeAt];
    const name = row[at + this.#nameAt];
    const size = row[at + this.#sizeAt];
    if (type >= this.#typeCount || name > MAX_UINT32) {
      this.#check(this.#typeAt, type, index + this.#typeAt);
      this.#check(this.#nameAt, name, index + this.#nameAt);
    }
    this.count++;
    this.totalSize += size;
    this.edgeTotal += row[at + this.#edgeCountAt];
    this.table.add(type, name, size);
  }

  #check(field: number, value: number, index: number): void {
    if (field === this.#typeAt && value >= this.#typeCount) {
      throw new RowProblem(index, 'BAD_REFERENCE', `a node type below ${this.#typeCount}`, String(value));
    }
    if (field === this.#nameAt && value > MAX_UINT32) {
      throw new RowProblem(index, 'BAD_REFERENCE', 'a string ordinal', String(value));
    }
  }
}
