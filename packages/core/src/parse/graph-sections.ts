import type { SnapshotHeader } from '../format/snapshot-header.js';
import { inheritDetachedness } from '../graph/detachedness.js';
import type { GraphColumns, TraceTreeColumns } from '../graph/graph-columns.js';
import { StringTable } from '../graph/string-table.js';
import { ColumnArena } from '../kernel/column-arena.js';
import { columnsIn, SHARED_COLUMNS } from './allocate-columns.js';
import { EdgeRows } from './edge-rows.js';
import { compareClaim } from './header-claims.js';
import { HeldNumbers } from './held-numbers.js';
import { JsonValueParser } from './json-value-parser.js';
import { NodeRows } from './node-rows.js';
import type { NumberSink } from './number-sink.js';
import { OptionalSections } from './optional-sections.js';
import type { ParseContext } from './parse-context.js';
import { type OptionalArray, type SectionHandlers, SectionTable } from './section-table.js';
import { StringArrayParser } from './string-array-parser.js';
import { TraceTreeBuilder, TraceTreeProblem } from './trace-tree-builder.js';
import type { ValueParser } from './value-parser.js';

/** Edges from which a graph lies in an arena, so that the analysis is left to kernels: smaller ones take no time. */
const EDGES_WORTH_AN_ARENA = 20_000;

/**
 * Collects every section of a snapshot and joins them into a graph. Nodes and edges are split into columns while they
 * are read; those that come before the header are held as numbers until it is known.
 */
export class GraphSections implements SectionHandlers {
  readonly table: SectionTable;
  readonly #context: ParseContext;
  readonly #beforeRows: (header: SnapshotHeader) => void;
  #header: SnapshotHeader | undefined;
  #memory = SHARED_COLUMNS;
  #nodes: NodeRows | undefined;
  #edges: EdgeRows | undefined;
  #heldNodes: HeldNumbers | undefined;
  #heldEdges: HeldNumbers | undefined;
  #strings: StringArrayParser | undefined;
  readonly #optional: OptionalSections;
  #traceTree: TraceTreeBuilder | undefined;

  /** `beforeRows` is told of the header before any memory is taken by its claims; it may throw. */
  constructor(context: ParseContext, beforeRows: (header: SnapshotHeader) => void = () => {}) {
    this.#context = context;
    this.#beforeRows = beforeRows;
    this.table = new SectionTable(this, context);
    this.#optional = new OptionalSections(context);
  }

  /** Whole nodes and edges read so far. */
  get nodeCount(): number {
    return this.#nodes?.count ?? 0;
  }

  get edgeCount(): number {
    return this.#edges?.count ?? 0;
  }

  nodes(): NumberSink {
    if (this.#header === undefined) {
      this.#heldNodes = new HeldNumbers();
      return this.#heldNodes;
    }
    this.#nodes = new NodeRows(this.#header.meta, this.#header.claimedNodeCount ?? 0, {
      memory: this.#memory,
    });
    return this.#nodes;
  }

  edges(): NumberSink {
    if (this.#header === undefined) {
      this.#heldEdges = new HeldNumbers();
      return this.#heldEdges;
    }
    const nodesAreRead = this.table.endOf('nodes') > 0;
    const nodeCount = nodesAreRead ? this.#nodes!.count : Number.POSITIVE_INFINITY;
    this.#edges = new EdgeRows(this.#header.meta, nodeCount, this.#header.claimedEdgeCount ?? 0, {
      memory: this.#memory,
    });
    return this.#edges;
  }

  strings(byteOffset: number): ValueParser {
    const { exact } = this.#context.size;
    const restBytes = exact && exact - byteOffset;
    this.#strings = new StringArrayParser('strings', this.#context, { restBytes, memory: this.#memory });
    return this.#strings;
  }

  optional(key: OptionalArray): NumberSink {
    return this.#optional.sinkFor(key, this.#header?.meta, this.#header?.claimedNodeCount);
  }

  traceTree(byteOffset: number): ValueParser {
    const builder = new TraceTreeBuilder(this.#header?.meta.traceNodeFields ?? []);
    this.#traceTree = builder;
    let problem: TraceTreeProblem | undefined;
    return new JsonValueParser('trace_tree', this.#context, {
      onToken: (token) => {
        if (problem !== undefined) return;
        try {
          builder.take(token);
        } catch (found) {
          if (!(found instanceof TraceTreeProblem)) throw found;
          problem = found;
        }
      },
      // what is no JSON is told first, however the bytes are cut: tokens come by chunks
      onEnd: () => {
        if (problem === undefined) return;
        const { expected, actual } = problem;
        this.#context.fail({ code: 'BAD_ROWS', section: 'trace_tree', byteOffset, expected, actual });
      },
    });
  }

  onHeader(header: SnapshotHeader): void {
    this.#header = header;
    this.#beforeRows(header);
    if ((header.claimedEdgeCount ?? 0) >= EDGES_WORTH_AN_ARENA)
      this.#memory = columnsIn(ColumnArena.create());
    const { claimedNodeCount, claimedEdgeCount, meta } = header;
    const { table } = this;
    if (this.#heldNodes) {
      const held = this.#heldNodes;
      const rows = new NodeRows(meta, Math.min(claimedNodeCount ?? 0, held.count));
      table.onRowsOf('nodes', () => held.drainInto(rows));
      this.#nodes = rows;
    }
    if (this.#heldEdges) {
      const held = this.#heldEdges;
      const nodeCount = this.#nodes?.count ?? Number.POSITIVE_INFINITY;
      const rows = new EdgeRows(meta, nodeCount, Math.min(claimedEdgeCount ?? 0, held.count));
      table.onRowsOf('edges', () => held.drainInto(rows));
      this.#edges = rows;
    }
  }

  /** Joins the sections once the document is whole; fails where they do not fit each other. */
  finish(byteOffset: number): GraphColumns {
    this.table.end(byteOffset);
    const header = this.#header!;
    const nodes = this.#nodes!;
    const edges = this.#edges!;
    const strings = this.#strings!.result;
    this.#checkCounts(header, nodes, edges);
    this.#checkReferences(header, nodes, edges, strings.count);
    const optional = this.#optional;
    optional.useMeta(header.meta);
    const traceFunctions = optional.traceFunctions(strings.count);
    compareClaim(header, 'trace_function_count', traceFunctions.count, this.#context);
    const columns: GraphColumns = {
      meta: header.meta,
      nodeCount: nodes.count,
      edgeCount: edges.count,
      stringCount: strings.count,
      rootOrdinal: (header.rootOffset ?? 0) / header.meta.nodeFields.length,
      extraNativeBytes: header.extraNativeBytes,
      typeByNode: nodes.typeByNode.subarray(0, nodes.count),
      nameByNode: nodes.nameByNode.subarray(0, nodes.count),
      idByNode: nodes.idByNode.subarray(0, nodes.count),
      selfSizeByNode: nodes.selfSizeByNode.subarray(0, nodes.count),
      firstEdgeByNode: nodes.firstEdgeByNode.subarray(0, nodes.count + 1),
      detachednessByNode: nodes.detachednessByNode?.subarray(0, nodes.count) ?? null,
      traceNodeIdByNode: nodes.traceNodeIdByNode?.subarray(0, nodes.count) ?? null,
      typeByEdge: edges.typeByEdge.subarray(0, edges.count),
      nameByEdge: edges.nameByEdge.subarray(0, edges.count),
      targetByEdge: edges.targetByEdge.subarray(0, edges.count),
      stringBytes: strings.bytes,
      moreStringBytes: strings.moreBytes,
      stringStart: strings.start,
      hasLoneSurrogates: strings.hasLoneSurrogates,
      locations: optional.locations(nodes.count),
      traceFunctions,
      traceTree: this.#traceTree?.columns ?? NO_TRACE_TREE,
      samples: optional.samples(),
      scopes: optional.scopes(),
    };
    const knownStrings = this.#strings!.known?.finish(new StringTable(columns));
    if (nodes.hasDetachedness) inheritDetachedness(columns, nodes.detachednessByNode!);
    return knownStrings ? { ...columns, knownStrings } : columns;
  }

  #checkCounts(header: SnapshotHeader, nodes: NodeRows, edges: EdgeRows): void {
    if (nodes.count === 0) {
      this.#context.fail({
        code: 'BAD_ROWS',
        section: 'nodes',
        byteOffset: this.table.endOf('nodes'),
        expected: 'at least one node, the root',
        actual: 'none',
      });
    }
    if (nodes.edgeTotal !== edges.count) {
      this.#context.fail({
        code: 'BAD_ROWS',
        section: 'edges',
        byteOffset: this.table.endOf('edges'),
        expected: `${nodes.edgeTotal} edges (the sum of edge_count)`,
        actual: `${edges.count}`,
      });
    }
    compareClaim(header, 'node_count', nodes.count, this.#context);
    compareClaim(header, 'edge_count', edges.count, this.#context);
  }

  #checkReferences(header: SnapshotHeader, nodes: NodeRows, edges: EdgeRows, stringCount: number): void {
    const fieldCount = header.meta.nodeFields.length;
    if (edges.maxTarget >= nodes.count) {
      const expected = `node offsets below ${nodes.count * fieldCount}`;
      this.#badReference('edges', expected, `${edges.maxTarget * fieldCount} in row ${edges.maxTargetEdge}`);
    }
    const ordinals = `string ordinals below ${stringCount}`;
    if (nodes.maxName >= stringCount) {
      this.#badReference('nodes', ordinals, `${nodes.maxName} in row ${nodes.maxNameNode}`);
    }
    if (edges.maxName >= stringCount) {
      this.#badReference('edges', ordinals, `${edges.maxName} in row ${edges.maxNameEdge}`);
    }
    const root = (header.rootOffset ?? 0) / fieldCount;
    if (!Number.isInteger(root) || root >= nodes.count) {
      const expected = `root_index as a node offset below ${nodes.count * fieldCount}`;
      this.#badReference('snapshot', expected, String(header.rootOffset));
    }
  }

  /** The byte is long gone: the section's start and the row tell the place. */
  #badReference(section: string, expected: string, actual: string): never {
    const byteOffset = this.table.startOf(section);
    return this.#context.fail({ code: 'BAD_REFERENCE', section, byteOffset, expected, actual });
  }
}

const NO_TRACE_TREE: TraceTreeColumns = {
  count: 0,
  id: new Uint32Array(0),
  functionInfo: new Uint32Array(0),
  allocationCount: new Uint32Array(0),
  allocationSize: new Uint32Array(0),
  parent: new Uint32Array(0),
};
