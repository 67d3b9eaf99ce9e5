import { describeColumns, EDGE_FIELDS, EDGE_TYPES, NODE_FIELDS, NODE_TYPES } from './format.js';
import type { JsonStyle } from './json-style.js';
import { NumberRows, StringList, writeSections } from './write-sections.js';

export interface PlannedNode {
  type: string;
  /** Row of the plan's strings. */
  name: number;
  selfSize: number;
  edgeCount: number;
}

export interface PlannedEdge {
  type: string;
  /** A number for `element` and `hidden`, otherwise a row of the plan's strings. */
  nameOrIndex: number;
  to: number;
}

/**
 * A heap by formula: nothing of it is stored, so it may be larger than memory. `node(ordinal)` and
 * `edges(ordinal)` are asked once for each ordinal, in order, and must agree on the number of edges. Ids are
 * 2 × ordinal + 1.
 */
export interface HeapPlan {
  nodeCount: number;
  edgeCount: number;
  node(ordinal: number): PlannedNode;
  edges(ordinal: number): Iterable<PlannedEdge>;
  strings(): Iterable<string>;
}

/** The snapshot of a planned heap, in pieces of text of about 64 KB. */
export function* streamHeap(plan: HeapPlan, style: JsonStyle = {}): Generator<string, void, undefined> {
  const meta = describeColumns({
    nodeFields: NODE_FIELDS,
    edgeFields: EDGE_FIELDS,
    nodeTypes: NODE_TYPES,
    edgeTypes: EDGE_TYPES,
  });
  const header = { meta, node_count: plan.nodeCount, edge_count: plan.edgeCount, trace_function_count: 0 };
  yield* writeSections(
    [
      ['snapshot', header],
      ['nodes', new NumberRows(nodeRows(plan))],
      ['edges', new NumberRows(edgeRows(plan))],
      ['trace_function_infos', []],
      ['trace_tree', []],
      ['samples', []],
      ['locations', []],
      ['strings', new StringList(plan.strings())],
    ],
    style,
  );
}

function* nodeRows(plan: HeapPlan): Generator<number[], void, undefined> {
  for (let ordinal = 0; ordinal < plan.nodeCount; ordinal++) {
    const node = plan.node(ordinal);
    yield [typeRow(NODE_TYPES, node.type), node.name, 2 * ordinal + 1, node.selfSize, node.edgeCount];
  }
}

function* edgeRows(plan: HeapPlan): Generator<number[], void, undefined> {
  for (let ordinal = 0; ordinal < plan.nodeCount; ordinal++) {
    for (const edge of plan.edges(ordinal)) {
      yield [typeRow(EDGE_TYPES, edge.type), edge.nameOrIndex, edge.to * NODE_FIELDS.length];
    }
  }
}

function typeRow(types: readonly string[], type: string): number {
  const row = types.indexOf(type);
  if (row < 0) throw new RangeError(`type ${JSON.stringify(type)}: a plan may use ${types.join(', ')}`);
  return row;
}
