import { GroupTable, type HeapGraph, mixHash, SPECIAL_NAME, StringMatcher } from '@heapstream/core';
import { compareCodePoints } from './compare-code-points.js';

/**
 * Position → a number above 0 that sorts as the names of the nodes do, which are told apart without decoding where they stand in
 * the string table. Names that are made up (previews of plain objects, joined strings, detached DOM nodes) get numbers
 * between the ranks; plain objects with the same properties in the same order share one look. 16 bytes a node meanwhile.
 */
export function nameKeys(graph: HeapGraph, nodes: Uint32Array, rankByString: Uint32Array): Float64Array {
  const { nameByNode } = graph.columns;
  const keys = new Float64Array(nodes.length);
  const madeUp = new MadeUpNames(graph);
  const positions: number[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    keys[i] = rankByString[nameByNode[node]] + 1;
    if (madeUp.has(node)) positions.push(i);
  }
  if (positions.length === 0) return keys;
  const textOfPosition = positions.map((i) => madeUp.textOf(nodes[i]));
  const keyByText = keysBetween(new Set(textOfPosition), new RankedStrings(graph, rankByString));
  positions.forEach((position, i) => {
    keys[position] = keyByText.get(textOfPosition[i])!;
  });
  return keys;
}

/** Nodes whose name as people read it is not a string of the table, and these names. */
class MadeUpNames {
  readonly #graph: HeapGraph;
  readonly #plainObject: StringMatcher;
  /** Plain objects by their edges. */
  readonly #shapes: GroupTable;
  readonly #textByShape: string[] = [];

  constructor(graph: HeapGraph) {
    this.#graph = graph;
    this.#plainObject = new StringMatcher(graph.strings, SPECIAL_NAME.plainObject);
    this.#shapes = new GroupTable((first, node) => this.#hasSameEdges(first, node));
  }

  has(node: number): boolean {
    const { nodeType } = this.#graph;
    const type = this.#graph.columns.typeByNode[node];
    if (type === nodeType.concatenatedString) return true;
    if (type === nodeType.object) return this.#plainObject.matches(this.#graph.columns.nameByNode[node]);
    return type === nodeType.native && this.#graph.hasDetachedPrefix(node);
  }

  textOf(node: number): string {
    if (this.#graph.columns.typeByNode[node] !== this.#graph.nodeType.object) {
      return this.#graph.node(node).name;
    }
    const shape = this.#shapes.groupOf(node, this.#hashOf(node));
    this.#textByShape[shape] ??= this.#graph.node(node).name;
    return this.#textByShape[shape];
  }

  #hashOf(node: number): number {
    const { firstEdgeByNode, nameByEdge, typeByEdge } = this.#graph.columns;
    let hash = 0;
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      hash = mixHash(hash, nameByEdge[edge] * 8 + typeByEdge[edge]);
    }
    return hash;
  }

  #hasSameEdges(a: number, b: number): boolean {
    const { firstEdgeByNode, nameByEdge, typeByEdge } = this.#graph.columns;
    const firstA = firstEdgeByNode[a];
    const firstB = firstEdgeByNode[b];
    const count = firstEdgeByNode[a + 1] - firstA;
    if (firstEdgeByNode[b + 1] - firstB !== count) return false;
    for (let i = 0; i < count; i++) {
      if (nameByEdge[firstA + i] !== nameByEdge[firstB + i]) return false;
      if (typeByEdge[firstA + i] !== typeByEdge[firstB + i]) return false;
    }
    return true;
  }
}

/** The strings of the table in order. */
class RankedStrings {
  readonly #graph: HeapGraph;
  /** rank → a string that has it */
  readonly #stringByRank: Uint32Array;

  constructor(graph: HeapGraph, rankByString: Uint32Array) {
    this.#graph = graph;
    this.#stringByRank = new Uint32Array(rankByString.length);
    let count = 0;
    for (let string = 0; string < rankByString.length; string++) {
      this.#stringByRank[rankByString[string]] = string;
      count = Math.max(count, rankByString[string] + 1);
    }
    this.#stringByRank = this.#stringByRank.subarray(0, count);
  }

  /** The first rank whose string is not before the text, and whether it is the text. */
  find(text: string): { readonly rank: number; readonly isEqual: boolean } {
    let low = 0;
    let high = this.#stringByRank.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareCodePoints(this.#textOf(middle), text) < 0) low = middle + 1;
      else high = middle;
    }
    const isEqual = low < this.#stringByRank.length && this.#textOf(low) === text;
    return { rank: low, isEqual };
  }

  #textOf(rank: number): string {
    return this.#graph.strings.get(this.#stringByRank[rank]);
  }
}

/** Text → its rank from 1 where the table has it, else a number between those of its neighbours. */
function keysBetween(texts: ReadonlySet<string>, strings: RankedStrings): Map<string, number> {
  const sorted = [...texts].sort(compareCodePoints);
  return new Map(
    sorted.map((text, i) => {
      const { isEqual, rank } = strings.find(text);
      return [text, isEqual ? rank + 1 : rank + (i + 1) / (sorted.length + 1)];
    }),
  );
}
