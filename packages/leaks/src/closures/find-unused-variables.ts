import { EDGE_TYPE, NODE_TYPE, type NodeView, SPECIAL_NAME } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import { isContext } from '../leak-site.js';
import { type Scope, ScopeTable, type ScopeVariable } from './scope-table.js';

/** A variable that a scope keeps though no function that is still there can use it. */
export interface UnusedVariable {
  readonly name: string;
  /** The scope (`system / Context`) that holds it. */
  readonly context: NodeView;
  readonly value: NodeView;
  /** Bytes that the value retains. */
  readonly retainedSize: number;
}

/**
 * Variables that contexts hold but no live closure uses, those that retain most first. A variable is used where code of
 * a live closure that has the context on its chain does so, code of functions that it may yet make included.
 *
 * Only for snapshots with scope data (V8 of 2026, taken with numeric values); empty for others. Two passes over the
 * nodes.
 */
export function findUnusedVariables(analysis: HeapAnalysis): UnusedVariable[] {
  const { graph } = analysis;
  const table = new ScopeTable(graph);
  if (table.isEmpty) return [];
  const contexts: NodeView[] = [];
  const contextsByScope = new Map<Scope, Set<number>>();
  const scriptByScopeInfo = new Map<number, number>();
  for (const node of graph.nodes()) {
    if (isContext(node)) contexts.push(node);
    else if (node.type === NODE_TYPE.closure) noteClosure(node, table, contextsByScope);
    else if (node.rawName.startsWith(SHARED_FUNCTION_INFO)) {
      const scopeInfo = part(node, 'name_or_scope_info');
      const script = part(node, 'script');
      if (scopeInfo && script) scriptByScopeInfo.set(scopeInfo.ordinal, script.ordinal);
    }
  }

  const unused: UnusedVariable[] = [];
  for (const context of contexts) {
    const scope = scopeOfContext(context, table, scriptByScopeInfo);
    if (scope === undefined) continue;
    for (const { name, targetNode: value, type } of context.edges()) {
      if (type !== EDGE_TYPE.context) continue;
      const variable = scope.variables.find((one) => one.name === name);
      if (variable === undefined || isUsed(variable, context.ordinal, contextsByScope)) continue;
      unused.push({
        name: variable.name,
        context,
        value,
        retainedSize: analysis.retainedSizeOf(value.ordinal),
      });
    }
  }
  return unused.sort((a, b) => b.retainedSize - a.retainedSize || a.value.ordinal - b.value.ordinal);
}

const SHARED_FUNCTION_INFO = `${SPECIAL_NAME.systemPrefix}SharedFunctionInfo`;

/** Adds the contexts that a closure can reach to those of its function. */
function noteClosure(closure: NodeView, table: ScopeTable, contextsByScope: Map<Scope, Set<number>>): void {
  const shared = part(closure, 'shared');
  const script = shared && part(shared, 'script');
  const scopeId = shared && numberOf(part(shared, 'scope_id'));
  if (!script || scopeId === undefined) return;
  const scope = table.scopeOf(script.ordinal, scopeId);
  if (scope === undefined) return;
  const reached = contextsByScope.get(scope) ?? new Set();
  contextsByScope.set(scope, reached);
  let context = part(closure, 'context');
  while (context && isContext(context) && !reached.has(context.ordinal)) {
    reached.add(context.ordinal);
    context = part(context, 'previous');
  }
}

function scopeOfContext(
  context: NodeView,
  table: ScopeTable,
  scriptByScopeInfo: ReadonlyMap<number, number>,
): Scope | undefined {
  const info = part(context, 'scope_info');
  const scopeId = info && numberOf(part(info, 'scope_id'));
  if (!info || scopeId === undefined) return undefined;
  // a block's scope has no function of its own: the closest one around it tells the script
  const seen = new Set<number>();
  for (let outer: NodeView | undefined = info; outer && !seen.has(outer.ordinal); ) {
    const script = scriptByScopeInfo.get(outer.ordinal);
    if (script !== undefined) return table.scopeOf(script, scopeId);
    seen.add(outer.ordinal);
    outer = part(outer, 'outer_scope_info');
  }
  return undefined;
}

function isUsed(
  { usedIn }: ScopeVariable,
  context: number,
  contextsByScope: ReadonlyMap<Scope, ReadonlySet<number>>,
): boolean {
  for (const user of usedIn) {
    for (let scope: Scope | null = user; scope !== null; scope = scope.parent) {
      if (contextsByScope.get(scope)?.has(context)) return true;
    }
  }
  return false;
}

/** What an internal edge of that name points to. */
function part(node: NodeView, name: string): NodeView | undefined {
  for (const edge of node.edges()) {
    if (edge.type === EDGE_TYPE.internal && edge.name === name) return edge.targetNode;
  }
  return undefined;
}

const INTEGER = /^-?\d+$/;

/** The value of a small integer, where the snapshot has the values of numbers. */
function numberOf(node: NodeView | undefined): number | undefined {
  if (node === undefined || node.type !== NODE_TYPE.number || node.rawName !== 'int') return undefined;
  const value = part(node, 'value')?.rawName ?? '';
  return INTEGER.test(value) ? Number(value) : undefined;
}
