import type { GraphColumns } from '@heapstream/core';
import {
  GroupTable,
  HeapGraph,
  mixHash,
  SPECIAL_NAME,
  StringMatcher,
  sharedUint8,
  sharedUint32,
} from '@heapstream/core';
import type { StringColumns } from './string-ranks.js';

/**
 * The names of all nodes as people read them, so that a search looks at each name once, however many nodes have it. Most
 * are strings of the snapshot; those that are made up (previews of plain objects, joined strings, detached DOM nodes) are
 * kept here as text.
 */
export interface NameTable {
  /** node ordinal → string ordinal; or from `stringCount` on a made-up name; or {@link NO_NAME}. Shared memory */
  readonly nameByNode: Uint32Array;
  readonly madeUp: StringColumns;
  /** Nodes without a name here: there was no room. */
  readonly missing: number;
}

/** No name is kept: it must be made each time. */
export const NO_NAME = 0xffffffff;

/** Bytes of made-up names at most: a snapshot may hold a few megabytes a million times. */
const MAX_BYTES = 256 * 2 ** 20;

/**
 * A pass over the nodes; plain objects with the same properties in the same order share one look. 4 bytes a node, and the
 * made-up names.
 */
export function nameNodes(columns: GraphColumns, maxBytes = MAX_BYTES): NameTable {
  const graph = new HeapGraph(columns);
  const { nameByNode: stringByNode, nodeCount, stringCount } = columns;
  const nameByNode = sharedUint32(nodeCount);
  const names = new MadeUpNames(graph, maxBytes);
  let missing = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (!names.isMadeUp(node)) {
      nameByNode[node] = stringByNode[node];
      continue;
    }
    const name = names.nameOf(node);
    nameByNode[node] = name === NO_NAME ? NO_NAME : stringCount + name;
    if (name === NO_NAME) missing++;
  }
  return { nameByNode, madeUp: names.texts.columns(), missing };
}

class MadeUpNames {
  readonly texts: TextList;
  readonly #graph: HeapGraph;
  readonly #plainObject: StringMatcher;
  /** Plain objects by their edges. */
  readonly #shapes: GroupTable;
  readonly #nameByShape: number[] = [];
  readonly #nameByDetachedString = new Map<number, number>();

  constructor(graph: HeapGraph, maxBytes: number) {
    this.texts = new TextList(maxBytes);
    this.#graph = graph;
    this.#plainObject = new StringMatcher(graph.strings, SPECIAL_NAME.plainObject);
    this.#shapes = new GroupTable((first, node) => this.#hasSameEdges(first, node));
  }

  isMadeUp(node: number): boolean {
    const { nodeType } = this.#graph;
    const type = this.#graph.columns.typeByNode[node];
    if (type === nodeType.object) return this.#plainObject.matches(this.#graph.columns.nameByNode[node]);
    if (type === nodeType.concatenatedString) return true;
    return type === nodeType.native && this.#graph.hasDetachedPrefix(node);
  }

  nameOf(node: number): number {
    const { nodeType } = this.#graph;
    const { nameByNode, typeByNode } = this.#graph.columns;
    const type = typeByNode[node];
    if (type === nodeType.object) {
      const shape = this.#shapes.groupOf(node, this.#hashOf(node));
      this.#nameByShape[shape] ??= this.#add(node);
      return this.#nameByShape[shape];
    }
    if (type === nodeType.concatenatedString) return this.#add(node);
    let name = this.#nameByDetachedString.get(nameByNode[node]);
    if (name === undefined) {
      name = this.#add(node);
      this.#nameByDetachedString.set(nameByNode[node], name);
    }
    return name;
  }

  #add(node: number): number {
    return this.texts.isFull ? NO_NAME : this.texts.add(this.#graph.node(node).name);
  }

  #hashOf(node: number): number {
    const { firstEdgeByNode, nameByEdge, typeByEdge } = this.#graph.columns;
    let hash = 0;
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      hash = mixHash(mixHash(hash, nameByEdge[edge]), typeByEdge[edge]);
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

/** Texts one after the other, as a graph has its strings. */
class TextList {
  readonly #maxBytes: number;
  readonly #starts: number[] = [0];
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isFull(): boolean {
    return this.#length >= this.#maxBytes;
  }

  /** The text's number; {@link NO_NAME} where it finds no room. */
  add(text: string): number {
    const needed = this.#length + text.length * MAX_BYTES_PER_UNIT;
    // a single text may be far too long
    if (needed > this.#maxBytes + FIRST_BYTES && this.#length + Buffer.byteLength(text) > this.#maxBytes) {
      return NO_NAME;
    }
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#length += ENCODER.encodeInto(text, this.#bytes.subarray(this.#length)).written;
    return this.#starts.push(this.#length) - 2;
  }

  /** On shared memory. */
  columns(): StringColumns {
    const stringBytes = sharedUint8(this.#length);
    stringBytes.set(this.#bytes.subarray(0, this.#length));
    const stringStart = sharedUint32(this.#starts.length);
    stringStart.set(this.#starts);
    return {
      stringBytes,
      moreStringBytes: [],
      stringStart,
      stringCount: this.#starts.length - 1,
      hasLoneSurrogates: false,
    };
  }
}

const ENCODER = new TextEncoder();
const FIRST_BYTES = 64 * 1024;
const MAX_BYTES_PER_UNIT = 3;
