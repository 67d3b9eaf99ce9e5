import type { HeapGraph } from '@heapstream/core';

const UNKNOWN = 0;
const NO = 1;
const YES = 2;

/** Answers a question about names once per string instead of once per node or edge. 1 byte a string of the table. */
export class StringFacts {
  readonly #graph: HeapGraph;
  readonly #holds: (text: string) => boolean;
  readonly #factByString: Uint8Array;

  constructor(graph: HeapGraph, holds: (text: string) => boolean) {
    this.#graph = graph;
    this.#holds = holds;
    this.#factByString = new Uint8Array(graph.strings.count);
  }

  ofString(ordinal: number): boolean {
    const known = this.#factByString[ordinal];
    if (known !== UNKNOWN) return known === YES;
    const holds = this.#holds(this.#graph.strings.get(ordinal));
    this.#factByString[ordinal] = holds ? YES : NO;
    return holds;
  }

  /** Of the node's raw name, `Detached ` included where the graph puts it before the name. */
  ofRawName(node: number): boolean {
    if (this.#graph.hasDetachedPrefix(node)) return this.#holds(this.#graph.rawNameOf(node));
    return this.ofString(this.#graph.columns.nameByNode[node]);
  }
}
