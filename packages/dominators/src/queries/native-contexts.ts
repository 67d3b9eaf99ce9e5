import { EDGE_NAME, type HeapGraph, StringMatcher } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { NodeStack } from '../kernels/node-stack.js';
import { NodeSelection } from './node-selection.js';
import { StringFacts } from './string-facts.js';

/** A realm (a frame, a worker, a `vm` context): its native context, and what belongs to it alone. */
export interface NativeContext {
  /** Ordinal of the native context. */
  readonly ordinal: number;
  /** Nodes with a shallow size, and their bytes, that were attributed to it. */
  readonly count: number;
  readonly shallowSize: number;
}

/** Which nodes belong to which realm. */
export interface NativeContextTable {
  /** In file order. */
  readonly contexts: readonly NativeContext[];
  /** Nodes and bytes that several realms share, and that none reaches. */
  readonly shared: Omit<NativeContext, 'ordinal'>;
  readonly unattributed: Omit<NativeContext, 'ordinal'>;
  /** Nodes attributed to one native context (its ordinal), to several, or to none. */
  select(owner: number | 'shared' | 'unattributed'): NodeSelection;
}

const NOBODY = 0xffffffff;
const SEVERAL = 0xfffffffe;

/**
 * Attributes every node to the native context it belongs to. An object whose hidden class's own hidden class (its meta
 * map, one per realm) names a native context belongs to it, as does the native context itself. From these on, over all
 * edges but weak ones and shortcuts, others belong to whom they are reached from: one realm, or several.
 *
 * Two passes over the edges, and each is followed at most twice more; 16 bytes a node meanwhile, 4 are kept.
 */
export function findNativeContexts(analysis: HeapAnalysis): NativeContextTable {
  const { graph } = analysis;
  const { ordinals, ownerByNode } = attribute(graph);
  const { shallowSizeByNode } = analysis.columns;
  const tally = new Map<number, { count: number; shallowSize: number }>();
  for (const owner of [...ordinals, SEVERAL, NOBODY]) tally.set(owner, { count: 0, shallowSize: 0 });
  for (let node = 0; node < graph.nodeCount; node++) {
    const size = shallowSizeByNode[node];
    if (size === 0) continue;
    const row = tally.get(ownerByNode[node])!;
    row.count++;
    row.shallowSize += size;
  }
  return {
    contexts: ordinals.map((ordinal) => ({ ordinal, ...tally.get(ordinal)! })),
    shared: tally.get(SEVERAL)!,
    unattributed: tally.get(NOBODY)!,
    select(owner) {
      const wanted = typeof owner === 'number' ? owner : owner === 'shared' ? SEVERAL : NOBODY;
      return NodeSelection.of(analysis, (node) => ownerByNode[node] === wanted);
    },
  };
}

/** `ownerByNode`: node ordinal → ordinal of a native context, {@link SEVERAL} or {@link NOBODY} */
function attribute(graph: HeapGraph): { ordinals: number[]; ownerByNode: Uint32Array } {
  const { firstEdgeByNode, nodeCount, targetByEdge, typeByEdge } = graph.columns;
  const { shortcut, weak } = graph.edgeType;
  const { isFixed, ordinals, ownerByNode } = attributeByMaps(graph);
  const stack = new NodeStack();
  for (let node = 0; node < nodeCount; node++) if (isFixed[node] === 1) stack.push(node);
  while (stack.size > 0) {
    const node = stack.pop();
    const owner = ownerByNode[node];
    const end = firstEdgeByNode[node + 1];
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      const type = typeByEdge[edge];
      if (type === shortcut || type === weak) continue;
      const target = targetByEdge[edge];
      const before = ownerByNode[target];
      if (isFixed[target] === 1 || before === owner || before === SEVERAL) continue;
      ownerByNode[target] = before === NOBODY ? owner : SEVERAL;
      stack.push(target);
    }
  }
  return { ordinals, ownerByNode };
}

const NO_TARGET = 0xffffffff;

function attributeByMaps(graph: HeapGraph) {
  const { firstEdgeByNode, nameByEdge, nameByNode, nodeCount, targetByEdge, typeByEdge } = graph.columns;
  const { internal } = graph.edgeType;
  const isNativeContext = new StringFacts(graph, (name) =>
    /^(Detached )?system \/ NativeContext($| \/ )/.test(name),
  );
  const mapName = new StringMatcher(graph.strings, EDGE_NAME.map);
  const nativeContextName = new StringMatcher(graph.strings, EDGE_NAME.nativeContext);
  const mapByNode = new Uint32Array(nodeCount).fill(NO_TARGET);
  const contextByNode = new Uint32Array(nodeCount).fill(NO_TARGET);
  for (let node = 0; node < nodeCount; node++) {
    const end = firstEdgeByNode[node + 1];
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      if (typeByEdge[edge] !== internal) continue;
      const target = targetByEdge[edge];
      if (mapName.matches(nameByEdge[edge])) {
        if (mapByNode[node] === NO_TARGET) mapByNode[node] = target;
      } else if (contextByNode[node] === NO_TARGET && nativeContextName.matches(nameByEdge[edge])) {
        if (isNativeContext.ofRawName(target)) contextByNode[node] = target;
      }
    }
  }

  const ordinals: number[] = [];
  const ownerByNode = new Uint32Array(nodeCount).fill(NOBODY);
  const isFixed = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    let owner = node;
    if (isNativeContext.ofString(nameByNode[node])) {
      ordinals.push(node);
    } else {
      const map = mapByNode[node];
      const metaMap = map === NO_TARGET ? NO_TARGET : mapByNode[map];
      if (metaMap === NO_TARGET || contextByNode[metaMap] === NO_TARGET) continue;
      owner = contextByNode[metaMap];
    }
    ownerByNode[node] = owner;
    isFixed[node] = 1;
  }
  return { isFixed, ordinals, ownerByNode };
}
