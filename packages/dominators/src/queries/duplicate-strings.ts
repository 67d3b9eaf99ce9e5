import { EDGE_NAME, type HeapGraph, StringMatcher } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { LargestNodes, type NodePage, type PageOptions } from './node-page.js';
import { TextGroups } from './text-groups.js';

/** Several string objects with the same text. */
export interface DuplicateStrings {
  readonly text: string;
  /** Objects. */
  readonly count: number;
  /** Bytes of all of them. */
  readonly shallowSize: number;
  readonly retainedSize: number;
  /** Bytes that would be saved if only the largest were kept. */
  readonly wastedSize: number;
  /** Of the whole text where the producer cut it off and tells: such strings are equal if length and hash agree. */
  readonly fullLength: number | null;
  /** The objects, in file order. */
  ordinals(): Uint32Array;
}

/**
 * Groups of equal strings with more than one member, the most wasted bytes first, then by text. Flat and concatenated
 * strings are taken alike, by the text that people see; left out are strings without a size (numbers that V8 shows as
 * text), and concatenated ones that V8 has flattened.
 *
 * A pass over the nodes, each different text hashed once; 8 bytes a string object, and what {@link TextGroups} takes.
 */
export function findDuplicateStrings(analysis: HeapAnalysis): DuplicateStrings[] {
  const { graph } = analysis;
  const { retainedSizeByNode, shallowSizeByNode } = analysis.columns;
  const groups = new StringGroups(graph);
  const members: number[] = [];
  const groupByMember: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (shallowSizeByNode[node] === 0) continue;
    const group = groups.groupOf(node);
    if (group === NO_GROUP) continue;
    members.push(node);
    groupByMember.push(group);
  }

  const firstByGroup = new Uint32Array(groups.count + 1);
  for (const group of groupByMember) firstByGroup[group + 1]++;
  for (let group = 0; group < groups.count; group++) firstByGroup[group + 1] += firstByGroup[group];
  const next = firstByGroup.slice(0, groups.count);
  const nodesByGroup = new Uint32Array(members.length);
  members.forEach((node, i) => {
    nodesByGroup[next[groupByMember[i]]++] = node;
  });

  const rows: DuplicateStrings[] = [];
  for (let group = 0; group < groups.count; group++) {
    const nodes = nodesByGroup.subarray(firstByGroup[group], firstByGroup[group + 1]);
    if (nodes.length < 2) continue;
    let shallowSize = 0;
    let retainedSize = 0;
    let largest = 0;
    for (const node of nodes) {
      shallowSize += shallowSizeByNode[node];
      retainedSize += retainedSizeByNode[node];
      largest = Math.max(largest, shallowSizeByNode[node]);
    }
    rows.push({
      get text() {
        return groups.textOf(group);
      },
      count: nodes.length,
      shallowSize,
      retainedSize,
      wastedSize: shallowSize - largest,
      fullLength: groups.fullLengthOf(group),
      ordinals: () => nodes.slice(),
    });
  }
  // file order, which groups are in, decides the rest: decoding every text to sort would cost more than it tells
  return rows.sort((a, b) => b.wastedSize - a.wastedSize || b.count - a.count);
}

/** All strings (sliced ones too) by retained size, the largest first: what a concatenated string holds counts. */
export function largestStrings(
  { columns, graph }: HeapAnalysis,
  { limit = Number.POSITIVE_INFINITY, offset = 0 }: PageOptions = {},
): NodePage {
  const { nodeType } = graph;
  const { typeByNode } = graph.columns;
  const largest = new LargestNodes(columns.retainedSizeByNode, offset + limit);
  for (let node = 0; node < graph.nodeCount; node++) {
    const type = typeByNode[node];
    const isString =
      type === nodeType.string || type === nodeType.concatenatedString || type === nodeType.slicedString;
    if (isString && columns.shallowSizeByNode[node] > 0) largest.offer(node);
  }
  return largest.page(offset);
}

const NO_GROUP = -1;

/** A text that was cut off in the file, and what the file tells of the whole. */
interface Truncation {
  readonly length: number | undefined;
  readonly hash: number | undefined;
}

/** Numbers the groups of equal strings. */
class StringGroups {
  readonly #graph: HeapGraph;
  readonly #texts: TextGroups;
  readonly #parts: InternalEdges;
  readonly #truncation: TruncationReader | null;
  /** text, length and hash of cut-off strings → group */
  readonly #truncatedGroups = new Map<string, number>();
  /** group → group of its text; groups of whole texts first met as such */
  readonly #textByGroup: number[] = [];
  readonly #lengthByGroup: (number | null)[] = [];
  /** text → group of the strings that are whole */
  readonly #groupByText: number[] = [];

  constructor(graph: HeapGraph) {
    this.#graph = graph;
    this.#texts = new TextGroups(graph);
    this.#parts = new InternalEdges(graph, ['first', 'second']);
    this.#truncation = TruncationReader.for(graph);
  }

  get count(): number {
    return this.#textByGroup.length;
  }

  textOf(group: number): string {
    return this.#texts.textOf(this.#textByGroup[group]);
  }

  fullLengthOf(group: number): number | null {
    return this.#lengthByGroup[group];
  }

  /** Of a node of any type; {@link NO_GROUP} for what does not count as a string of its own. */
  groupOf(node: number): number {
    const { nodeType } = this.#graph;
    const { nameByNode, typeByNode } = this.#graph.columns;
    if (typeByNode[node] === nodeType.string) {
      return this.#groupOf(this.#texts.groupOfString(nameByNode[node]), node);
    }
    if (typeByNode[node] !== nodeType.concatenatedString || this.#isFlat(node)) return NO_GROUP;
    return this.#groupOf(this.#texts.groupOfText(this.#graph.node(node).name), node);
  }

  #groupOf(text: number, node: number): number {
    const truncation = this.#truncation?.read(node);
    if (!truncation) {
      this.#groupByText[text] ??= this.#open(text, null);
      return this.#groupByText[text];
    }
    const { hash, length } = truncation;
    const key = `${text} ${length} ${hash}`;
    let group = this.#truncatedGroups.get(key);
    if (group === undefined) {
      group = this.#open(text, length ?? null);
      this.#truncatedGroups.set(key, group);
    }
    return group;
  }

  #open(text: number, fullLength: number | null): number {
    this.#lengthByGroup.push(fullLength);
    return this.#textByGroup.push(text) - 1;
  }

  /** V8 has put the whole text into one half; the other is empty. */
  #isFlat(node: number): boolean {
    return this.#parts.some(node, (part) => this.#graph.node(part).name === '');
  }
}

/** Internal edges of some names, found without decoding names. */
class InternalEdges {
  readonly #graph: HeapGraph;
  readonly #names: readonly StringMatcher[];

  constructor(graph: HeapGraph, names: readonly string[]) {
    this.#graph = graph;
    this.#names = names.map((name) => new StringMatcher(graph.strings, name));
  }

  some(node: number, holds: (target: number) => boolean): boolean {
    const { edgeType } = this.#graph;
    const { firstEdgeByNode, nameByEdge, targetByEdge, typeByEdge } = this.#graph.columns;
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      if (typeByEdge[edge] !== edgeType.internal) continue;
      if (this.#names.some((name) => name.matches(nameByEdge[edge])) && holds(targetByEdge[edge]))
        return true;
    }
    return false;
  }

  /** Target of the first such edge. */
  first(node: number): number | undefined {
    let found: number | undefined;
    this.some(node, (target) => {
      found = target;
      return true;
    });
    return found;
  }
}

/** Reads the marks of cut-off strings: `truncated`, a boolean, and the numbers `length` and `hash`, as V8 shows values. */
class TruncationReader {
  /** `null` where no string of the snapshot is marked. */
  static for(graph: HeapGraph): TruncationReader | null {
    return graph.strings.ordinalsOf(EDGE_NAME.truncated).length === 0 ? null : new TruncationReader(graph);
  }

  readonly #graph: HeapGraph;
  readonly #truncated: InternalEdges;
  readonly #length: InternalEdges;
  readonly #hash: InternalEdges;
  readonly #value: InternalEdges;

  private constructor(graph: HeapGraph) {
    this.#graph = graph;
    this.#truncated = new InternalEdges(graph, [EDGE_NAME.truncated]);
    this.#length = new InternalEdges(graph, ['length']);
    this.#hash = new InternalEdges(graph, ['hash']);
    this.#value = new InternalEdges(graph, ['value']);
  }

  read(node: number): Truncation | null {
    if (this.#valueOf(this.#truncated.first(node), 'bool') !== 'true') return null;
    return { length: this.#numberOf(this.#length.first(node)), hash: this.#numberOf(this.#hash.first(node)) };
  }

  #numberOf(node: number | undefined): number | undefined {
    const value = Number.parseInt(this.#valueOf(node, 'int') ?? '', 10);
    return Number.isNaN(value) ? undefined : value;
  }

  /** A node of type `number`, named by its kind, whose edge `value` leads to the text of the value. */
  #valueOf(node: number | undefined, kind: 'bool' | 'int'): string | undefined {
    const graph = this.#graph;
    if (node === undefined || graph.columns.typeByNode[node] !== graph.nodeType.number) return undefined;
    if (graph.rawNameOf(node) !== kind) return undefined;
    const value = this.#value.first(node);
    return value === undefined ? undefined : graph.rawNameOf(value);
  }
}
