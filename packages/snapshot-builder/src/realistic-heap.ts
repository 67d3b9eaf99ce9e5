import { ByteWriter } from './byte-writer.js';
import { describeColumns, EDGE_FIELDS, EDGE_TYPES, NODE_FIELDS, NODE_TYPES } from './format.js';
import { quote } from './json-style.js';
import { mix } from './mix.js';
import { FIRST_SESSION, type NodeVisitor, walkRealisticNodes } from './realistic-nodes.js';
import { realisticNames, STRING_ROWS, TextWriter, textLength } from './realistic-strings.js';

export interface RealisticHeapOptions {
  readonly nodes: number;
  /** The same heap for the same seed; default 1. */
  readonly seed?: number;
  /** Stretches the texts until the string table has about so many bytes: more than 512 MiB, or than 4 GiB, say. */
  readonly stringBytes?: number;
}

/** What a reader of the snapshot must find: known by construction, not by reading it. */
export interface RealisticHeapTotals {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly stringCount: number;
  /** Bytes between the quotes of the string table, as written. */
  readonly stringBytes: number;
  /** Bytes; as everything is reachable, the retained size of the root too. */
  readonly totalSelfSize: number;
  /** type → nodes */
  readonly countByType: Readonly<Record<string, number>>;
  /** Objects of the class `Session`, one a group of nodes. */
  readonly sessionCount: number;
  /** Bytes: the retained sizes of all sessions, that is everything but the roots and what all share. */
  readonly sessionRetainedSize: number;
}

type WalkResult = { readonly sessionCount: number; readonly textCount: number };

const NODE_COLUMNS = [...NODE_FIELDS, 'detachedness'];
const SECTIONS_BETWEEN =
  '"trace_function_infos":[],\n"trace_tree":[],\n"samples":[],\n"locations":[],\n"strings":[';

/**
 * A heap of any size with the proportions of real ones: types, names, out-degrees, sizes, distances between the ends of
 * edges, lengths of strings. Sessions of 8 to 32,768 nodes, each a tree with further edges inside it and to what all
 * share, hang on one array; one in fifty is a linked list. Nothing is stored: the constructor walks over the heap once
 * for the totals, `chunks` twice more, 10 GB in a minute or two and some megabytes.
 */
export class RealisticHeap {
  readonly totals: RealisticHeapTotals;
  readonly #nodes: number;
  readonly #seed: number;
  /** By what the length of each text is multiplied. */
  readonly #stretch: number;
  readonly #nameBytes: number;
  readonly #textCount: number;

  constructor({ nodes, seed = 1, stringBytes }: RealisticHeapOptions) {
    if (!Number.isSafeInteger(nodes) || nodes < FIRST_SESSION + 8) {
      throw new RangeError(`a realistic heap of ${nodes} nodes: it takes at least ${FIRST_SESSION + 8}`);
    }
    this.#nodes = nodes;
    this.#seed = seed;
    const sums = new TotalsVisitor();
    const { sessionCount, textCount } = walkRealisticNodes(nodes, seed, sums, () => false).next()
      .value as WalkResult;
    this.#textCount = textCount;
    this.#nameBytes = 0;
    for (const name of realisticNames()) this.#nameBytes += quote(name, 'v8').length - 2;
    this.#stretch = 1;
    if (stringBytes !== undefined) {
      const plainBytes = this.#sumTexts((row) => textLength(this.#textRandom(row)));
      this.#stretch = Math.max(1, (stringBytes - this.#nameBytes) / Math.max(1, plainBytes));
    }
    this.totals = {
      nodeCount: nodes,
      edgeCount: sums.edgeCount,
      stringCount: STRING_ROWS.firstText + textCount,
      stringBytes: this.#nameBytes + this.#sumTexts((row) => this.#textLength(row)),
      totalSelfSize: sums.totalSelfSize,
      countByType: Object.fromEntries(
        NODE_TYPES.flatMap((type, row) => (sums.countByType[row] > 0 ? [[type, sums.countByType[row]]] : [])),
      ),
      sessionCount,
      sessionRetainedSize: sums.sessionSelfSize,
    };
  }

  /** How many nodes make a snapshot of about so many bytes (to 2 %, from 10 MB on). */
  static nodesForBytes(bytes: number): number {
    let nodes = bytes / 100;
    for (let turn = 0; turn < 5; turn++) nodes = bytes / bytesPerNode(nodes);
    return Math.max(FIRST_SESSION + 8, Math.round(nodes));
  }

  /** The snapshot as UTF-8, in pieces of about a megabyte. */
  *chunks(): Generator<Uint8Array, void, undefined> {
    const writer = new ByteWriter();
    writer.text(`{"snapshot":${JSON.stringify(this.#header())},\n"nodes":[`);
    yield* this.#walk(writer, new NodeRowWriter(writer));
    writer.text('],\n"edges":[');
    yield* this.#walk(writer, new EdgeRowWriter(writer));
    writer.text(`],\n${SECTIONS_BETWEEN}`);
    let separator = '';
    for (const name of realisticNames()) {
      writer.text(`${separator}${quote(name, 'v8')}`);
      separator = ',\n';
    }
    const texts = new TextWriter();
    const before = new TextEncoder().encode(separator);
    for (let row = 0; row < this.#textCount; row++) {
      writer.bytes(before);
      writer.bytes(texts.write(row, this.#textLength(row)));
      if (writer.isFull) yield writer.take();
    }
    writer.text(']}\n');
    yield writer.take();
  }

  *#walk(writer: ByteWriter, visitor: NodeVisitor): Generator<Uint8Array, void, undefined> {
    const walk = walkRealisticNodes(this.#nodes, this.#seed, visitor, () => writer.isFull);
    for (const _ of walk) yield writer.take();
    writer.dropComma();
  }

  #header(): object {
    const meta = describeColumns({
      nodeFields: NODE_COLUMNS,
      edgeFields: EDGE_FIELDS,
      nodeTypes: NODE_TYPES,
      edgeTypes: EDGE_TYPES,
    });
    const { nodeCount, edgeCount } = this.totals;
    return {
      meta,
      node_count: nodeCount,
      edge_count: edgeCount,
      trace_function_count: 0,
      extra_native_bytes: 0,
    };
  }

  /** Room for the number that makes each text another. */
  #textLength(row: number): number {
    return Math.max(20, Math.floor(textLength(this.#textRandom(row)) * this.#stretch));
  }

  #textRandom(row: number): number {
    return mix(this.#seed ^ 0x51ed27, row);
  }

  #sumTexts(bytesOf: (row: number) => number): number {
    let bytes = 0;
    for (let row = 0; row < this.#textCount; row++) bytes += bytesOf(row);
    return bytes;
  }
}

/** Rows grow with the digits of ids and of offsets, of which there is one an edge. */
function bytesPerNode(nodes: number): number {
  return 49.5 + 5.7 * Math.log10(6 * nodes) + Math.log10(2 * nodes);
}

class TotalsVisitor implements NodeVisitor {
  readonly wantsEdges = false;
  readonly countByType = new Float64Array(NODE_TYPES.length);
  edgeCount = 0;
  totalSelfSize = 0;
  sessionSelfSize = 0;

  node(
    _ordinal: number,
    type: number,
    _name: number,
    selfSize: number,
    edges: number,
    isInSession: boolean,
  ): void {
    this.countByType[type]++;
    this.edgeCount += edges;
    this.totalSelfSize += selfSize;
    if (isInSession) this.sessionSelfSize += selfSize;
  }

  edge(): void {}
}

class NodeRowWriter implements NodeVisitor {
  readonly wantsEdges = false;
  readonly #writer: ByteWriter;
  constructor(writer: ByteWriter) {
    this.#writer = writer;
  }

  node(ordinal: number, type: number, name: number, selfSize: number, edges: number): void {
    const writer = this.#writer;
    writer.number(type);
    writer.number(name);
    writer.number(2 * ordinal + 1);
    writer.number(selfSize);
    writer.number(edges);
    writer.number(0);
  }

  edge(): void {}
}

class EdgeRowWriter implements NodeVisitor {
  readonly wantsEdges = true;
  readonly #writer: ByteWriter;
  constructor(writer: ByteWriter) {
    this.#writer = writer;
  }

  node(): void {}

  edge(type: number, nameOrIndex: number, to: number): void {
    const writer = this.#writer;
    writer.number(type);
    writer.number(nameOrIndex);
    writer.number(to * NODE_COLUMNS.length);
  }
}
