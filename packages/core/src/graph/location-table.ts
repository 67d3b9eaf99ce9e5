import { EDGE_NAME, SPECIAL_NAME } from '../format/type-names.js';
import { rowsOf } from './column-rows.js';
import { type LocationColumns, NO_NODE } from './graph-columns.js';
import type { HeapGraph } from './heap-graph.js';
import { RowOfValue } from './row-of-value.js';
import type { SourceLocation } from './source-location.js';
import { StringMatcher } from './string-matcher.js';

const NO_ROW = -1;
const SCRIPT_EDGES = [EDGE_NAME.script, EDGE_NAME.scriptOrDebugInfo];

/**
 * The locations of nodes, and the names of the scripts they lie in. Where a node has several rows, the last counts, as
 * in DevTools. The lookup (8 to 16 bytes a row) and the script names are made on first use.
 */
export class LocationTable {
  readonly count: number;
  readonly #graph: HeapGraph;
  readonly #columns: LocationColumns;
  #rowOfNode: RowOfValue | undefined;
  #nameByScriptId: Map<number, string> | undefined;
  #scriptOfClosure: ((closure: number) => number | undefined) | undefined;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
    this.#columns = graph.columns.locations;
    this.count = this.#columns.count;
  }

  of(nodeOrdinal: number): SourceLocation | null {
    const row = this.rowOf(nodeOrdinal);
    if (row === NO_ROW) return null;
    const scriptId = this.#columns.scriptIdByLocation[row];
    return {
      scriptId,
      scriptName: this.scriptName(scriptId) ?? null,
      line: this.#columns.lineByLocation[row],
      column: this.#columns.columnByLocation[row],
    };
  }

  /** Row of the node's location in `LocationColumns`, or -1. */
  rowOf(nodeOrdinal: number): number {
    this.#rowOfNode ??= new RowOfValue(this.#columns.nodeByLocation, 'last');
    return this.#rowOfNode.rowOf(nodeOrdinal) ?? NO_ROW;
  }

  scriptName(scriptId: number): string | undefined {
    this.#nameByScriptId ??= this.#findScriptNames();
    return this.#nameByScriptId.get(scriptId);
  }

  /** The name of the script that a closure was written in, if the closure leads to it. */
  scriptNameOfClosure(closure: number): string | undefined {
    this.#scriptOfClosure ??= this.#scriptFinder();
    return this.#nameOfScriptNode(this.#scriptOfClosure(closure));
  }

  #findScriptNames(): Map<number, string> {
    const { nodeByLocation, scriptIdByLocation, scriptNodeByLocation } = this.#columns;
    const { typeByNode } = this.#graph.columns;
    const { closure } = this.#graph.nodeType;
    const names = new Map<number, string>();
    // rows of a script mostly follow each other
    let last = NO_ROW;
    for (let row = 0; row < this.count; row++) {
      const scriptId = scriptIdByLocation[row];
      if (scriptId === last) continue;
      const isClosure = typeByNode[nodeByLocation[row]] === closure;
      if ((scriptNodeByLocation === null && !isClosure) || names.has(scriptId)) continue;
      const script =
        this.#nameOfScriptNode(scriptNodeByLocation?.[row]) ??
        (isClosure ? this.scriptNameOfClosure(nodeByLocation[row]) : undefined);
      if (script === undefined) continue;
      names.set(scriptId, script);
      last = scriptId;
    }
    return names;
  }

  /** closure → `shared` → `script` (or `script_or_debug_info`) */
  #scriptFinder(): (closure: number) => number | undefined {
    const { strings } = this.#graph;
    const shared = new StringMatcher(strings, EDGE_NAME.shared);
    const scripts = SCRIPT_EDGES.map((name) => new StringMatcher(strings, name));
    return (closure) => {
      const info = this.#targetOf(closure, shared);
      if (info === undefined) return undefined;
      for (const script of scripts) {
        const target = this.#targetOf(info, script);
        if (target !== undefined) return target;
      }
      return undefined;
    };
  }

  /** The target of the node's first internal edge of the name. */
  #targetOf(node: number, name: StringMatcher): number | undefined {
    const { columns, edgeType } = this.#graph;
    const starts = rowsOf(columns, 'firstEdgeByNode', node, node + 2);
    const [first, end] = [starts[node], starts[node + 1]];
    const types = rowsOf(columns, 'typeByEdge', first, end);
    const names = rowsOf(columns, 'nameByEdge', first, end);
    for (let edge = first; edge < end; edge++) {
      if (types[edge] === edgeType.internal && name.matches(names[edge])) {
        return rowsOf(columns, 'targetByEdge', edge)[edge];
      }
    }
    return undefined;
  }

  #nameOfScriptNode(node: number | undefined): string | undefined {
    if (node === undefined || node === NO_NODE) return undefined;
    const name = this.#graph.rawNameOf(node);
    if (name.startsWith(SPECIAL_NAME.scriptPrefix))
      return name.slice(SPECIAL_NAME.scriptPrefix.length) || undefined;
    // V8 up to Node 20 names the script by its file alone; other `system / …` nodes are debug information
    return name.startsWith(SPECIAL_NAME.systemPrefix) ? undefined : name || undefined;
  }
}
