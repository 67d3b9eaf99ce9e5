import {
  EDGE_NAME,
  EDGE_TYPE,
  EdgeView,
  type HeapGraph,
  SPECIAL_NAME,
  StringMatcher,
} from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { UNREACHED } from '../kernels/distances.js';
import { NodeStack } from '../kernels/node-stack.js';
import { NodeSelection } from './node-selection.js';
import { StringFacts } from './string-facts.js';

/** What holds the objects that a filter selects. */
export type RetainedBy = 'contexts' | 'console' | 'detached-dom' | 'event-handlers';

export const RETAINED_BY: readonly RetainedBy[] = ['contexts', 'console', 'detached-dom', 'event-handlers'];

/**
 * The nodes that only closures' contexts, values kept by the DevTools console, detached DOM nodes or event handlers
 * hold, these themselves included: what a walk from the root over all but weak edges does not come to if it may not
 * pass them. What nothing reaches anyway is not selected.
 *
 * A pass over the nodes and the edges; 1 bit a node, and a stack of 4 bytes for each node that waits.
 */
export function selectRetainedBy(analysis: HeapAnalysis, holder: RetainedBy): NodeSelection {
  const visited = visit(analysis.graph, mayPass(analysis.graph, holder));
  const { distanceByNode } = analysis.columns;
  return NodeSelection.of(analysis, (node) => visited[node] === 0 && distanceByNode[node] !== UNREACHED);
}

type EdgeTest = (edge: number, source: number, target: number) => boolean;

function mayPass(graph: HeapGraph, holder: RetainedBy): EdgeTest {
  switch (holder) {
    case 'contexts': {
      const isContext = new StringFacts(
        graph,
        (name) => name === 'system / Context' || name.startsWith('system / Context / '),
      );
      return (_, __, target) => !isContext.ofRawName(target);
    }
    case 'detached-dom':
      return avoidDetached(graph);
    case 'event-handlers': {
      const handlers = findEventHandlers(graph);
      return (_, __, target) => !handlers.has(target);
    }
    case 'console':
      return avoidConsole(graph);
  }
}

/** node ordinal → 1 where a walk from the root comes to it. The order does not matter. */
function visit(graph: HeapGraph, test: EdgeTest): Uint8Array {
  const { firstEdgeByNode, nodeCount, rootOrdinal, targetByEdge, typeByEdge } = graph.columns;
  const { weak } = graph.edgeType;
  const visited = new Uint8Array(nodeCount);
  const stack = new NodeStack();
  visited[rootOrdinal] = 1;
  stack.push(rootOrdinal);
  while (stack.size > 0) {
    const node = stack.pop();
    const end = firstEdgeByNode[node + 1];
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      const target = targetByEdge[edge];
      if (visited[target] === 1 || typeByEdge[edge] === weak || !test(edge, node, target)) continue;
      visited[target] = 1;
      stack.push(target);
    }
  }
  return visited;
}

function avoidDetached(graph: HeapGraph): EdgeTest {
  const { detachednessByNode, nameByNode, typeByNode } = graph.columns;
  if (detachednessByNode !== null) {
    const DETACHED = 2;
    return (_, __, target) => detachednessByNode[target] !== DETACHED;
  }
  const isDetached = new StringFacts(graph, (name) => name.startsWith(SPECIAL_NAME.detachedPrefix));
  const { native } = graph.nodeType;
  return (_, __, target) => typeByNode[target] !== native || !isDetached.ofString(nameByNode[target]);
}

/** What was printed or evaluated in the console hangs on an edge of a synthetic node. */
function avoidConsole(graph: HeapGraph): EdgeTest {
  const { nameByEdge, typeByEdge, typeByNode } = graph.columns;
  const { element, hidden, shortcut } = graph.edgeType;
  const { synthetic } = graph.nodeType;
  const isConsole = new StringFacts(graph, (name) => name.endsWith(' / DevTools console'));
  // DevTools takes a shortcut whose name begins with a number for a numbered one
  const isNumber = new StringFacts(graph, (name) => !Number.isNaN(Number.parseInt(name, 10)));
  return (edge, source) => {
    if (typeByNode[source] !== synthetic) return true;
    const type = typeByEdge[edge];
    const name = nameByEdge[edge];
    if (type === element || type === hidden || !isConsole.ofString(name)) return true;
    return type === shortcut && isNumber.ofString(name);
  };
}

/**
 * The functions that listeners call: a `V8EventListener` holds, by its edge `1`, the function, or what a framework wraps
 * it in; functions are known by their edge `code`.
 */
function findEventHandlers(graph: HeapGraph): ReadonlySet<number> {
  const { nodeCount } = graph;
  const isListener = new StringFacts(graph, (name) => name === 'V8EventListener');
  const codeName = new StringMatcher(graph.strings, EDGE_NAME.code);
  const isFunction = (node: number): boolean => {
    const { firstEdgeByNode, nameByEdge, typeByEdge } = graph.columns;
    const { element, hidden } = graph.edgeType;
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      const type = typeByEdge[edge];
      if (type !== element && type !== hidden && codeName.matches(nameByEdge[edge])) return true;
    }
    return false;
  };

  const handlers = new Set<number>();
  for (let node = 0; node < nodeCount; node++) {
    if (!isListener.ofRawName(node)) continue;
    const callback = targetOfEdge(graph, node, '1');
    if (callback !== undefined)
      handlers.add(isFunction(callback) ? callback : wrappedFunction(graph, callback, isFunction));
  }
  return handlers;
}

function wrappedFunction(graph: HeapGraph, wrapper: number, isFunction: (node: number) => boolean): number {
  for (const { target } of graph.node(wrapper).edges()) if (isFunction(target)) return target;
  return wrapper;
}

/** Of the first edge whose name prints like that. */
function targetOfEdge(graph: HeapGraph, node: number, name: string): number | undefined {
  const { firstEdgeByNode } = graph.columns;
  for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
    const view = new EdgeView(graph, edge);
    if (printedName(view) === name) return view.target;
  }
  return undefined;
}

function printedName({ name, type }: EdgeView): string {
  const number = type === EDGE_TYPE.shortcut ? Number.parseInt(String(name), 10) : Number.NaN;
  return String(Number.isNaN(number) ? name : number);
}
