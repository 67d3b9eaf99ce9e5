import { EDGE_TYPE, type EdgeView, NODE_TYPE, type NodeView, SPECIAL_NAME } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';

/** An async function that stands still at an `await`. */
export interface WaitingFunction {
  readonly name: string;
  /** How many of its calls were found. */
  readonly count: number;
}

/** Nodes looked at, at most; and those of one depth that are followed: a few of many promises stand for all. */
const MAX_NODES = 20_000;
const MAX_WAVE = 100;
/** Edges from the holder to a suspended call: array → promise → reaction → handler → context → generator. */
const MAX_DEPTH = 8;

/**
 * The async functions that wait for promises that an object holds: from a promise over its reactions and their handlers
 * to the suspended call (a `Generator` or `AsyncFunctionObject`), and to the function that was called.
 */
export function findWaitingFunctions({ graph }: HeapAnalysis, holder: number): WaitingFunction[] {
  const countByName = new Map<string, number>();
  const seen = new Set([holder]);
  let wave = [holder];
  for (let depth = 0; depth < MAX_DEPTH && wave.length > 0; depth++) {
    const next: number[] = [];
    for (const ordinal of wave) {
      for (const edge of graph.node(ordinal).edges()) {
        if (seen.size >= MAX_NODES) break;
        const { target } = edge;
        if (!leadsOn(edge) || seen.has(target)) continue;
        seen.add(target);
        const node = graph.node(target);
        const called = functionOfCall(node);
        if (called !== undefined) countByName.set(called, (countByName.get(called) ?? 0) + 1);
        else next.push(target);
      }
    }
    wave = next.slice(0, MAX_WAVE);
  }
  return [...countByName]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

const SUSPENDED = new Set(['Generator', 'AsyncGenerator', 'AsyncFunctionObject']);
/** Edges to what all objects of a kind share. */
const SHARED_EDGES = new Set([
  'map',
  '__proto__',
  'constructor',
  'native_context',
  'previous',
  'shared',
  'scope_info',
  'feedback_cell',
  'code',
]);

function leadsOn({ name, type }: EdgeView): boolean {
  return type !== EDGE_TYPE.weak && !SHARED_EDGES.has(String(name));
}

/** The name of the function whose suspended call the node is. */
function functionOfCall(node: NodeView): string | undefined {
  const { rawName } = node;
  if (!SUSPENDED.has(rawName) && !SUSPENDED.has(rawName.replace(SPECIAL_NAME.systemPrefix, '')))
    return undefined;
  for (const { name, targetNode } of node.edges()) {
    if (name === 'function' && targetNode.type === NODE_TYPE.closure) return targetNode.rawName;
  }
  return '';
}
