import type { GraphColumns } from '@heapstream/core';
import { GroupTable, HeapGraph, mixHash, SPECIAL_NAME, StringMatcher, sharedUint32 } from '@heapstream/core';
import { JoinedStrings } from './joined-strings.js';
import type { StringColumns } from './string-ranks.js';
import { NO_TEXT, TextList } from './text-list.js';

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

/** Nodes of a type: whose names are strings of the snapshot, */
const NEVER = 0;
/** plain objects among others, */
const OBJECTS = 1;
const JOINED = 2;
/** or detached DOM nodes among others. */
const NATIVES = 3;

/**
 * A pass over the nodes; plain objects with the same properties in the same order share one look. 4 bytes a node, and the
 * made-up names.
 */
export function nameNodes(columns: GraphColumns, maxBytes = MAX_BYTES): NameTable {
  const graph = new HeapGraph(columns);
  const { nodeCount, stringCount, typeByNode } = columns;
  const nameByNode = sharedUint32(nodeCount);
  nameByNode.set(columns.nameByNode);
  const kindByType = kindsOf(graph);
  const names = new MadeUpNames(graph, maxBytes);
  let missing = 0;
  for (let node = 0; node < nodeCount; node++) {
    const kind = kindByType[typeByNode[node]];
    if (kind === NEVER || (kind !== JOINED && !names.isMadeUp(node, kind))) continue;
    const name = names.nameOf(node, kind);
    nameByNode[node] = name === NO_TEXT ? NO_NAME : stringCount + name;
    if (name === NO_TEXT) missing++;
  }
  return { nameByNode, madeUp: names.texts.columns(), missing };
}

/** type → which of its nodes have made-up names */
function kindsOf({ columns, nodeType }: HeapGraph): Uint8Array {
  const kindByType = new Uint8Array(256);
  const set = (type: number, kind: number): void => {
    if (type < kindByType.length) kindByType[type] = kind;
  };
  set(nodeType.object, OBJECTS);
  set(nodeType.concatenatedString, JOINED);
  if (columns.detachednessByNode !== null) set(nodeType.native, NATIVES);
  return kindByType;
}

class MadeUpNames {
  readonly texts: TextList;
  readonly #graph: HeapGraph;
  readonly #joined: JoinedStrings;
  readonly #plainObject: StringMatcher;
  /** Plain objects by their edges. */
  readonly #shapes: GroupTable;
  readonly #nameByShape: number[] = [];
  readonly #nameByDetachedString = new Map<number, number>();

  constructor(graph: HeapGraph, maxBytes: number) {
    this.texts = new TextList(maxBytes);
    this.#graph = graph;
    this.#joined = new JoinedStrings(graph, this.texts);
    this.#plainObject = new StringMatcher(graph.strings, SPECIAL_NAME.plainObject);
    this.#shapes = new GroupTable((first, node) => this.#hasSameEdges(first, node));
  }

  isMadeUp(node: number, kind: number): boolean {
    return kind === OBJECTS
      ? this.#plainObject.matches(this.#graph.columns.nameByNode[node])
      : this.#graph.hasDetachedPrefix(node);
  }

  /** The name's number, or `NO_TEXT`. */
  nameOf(node: number, kind: number): number {
    if (kind === JOINED) return this.#joined.textOf(node);
    if (kind === OBJECTS) {
      const shape = this.#shapes.groupOf(node, this.#hashOf(node));
      this.#nameByShape[shape] ??= this.#add(node);
      return this.#nameByShape[shape];
    }
    const { nameByNode } = this.#graph.columns;
    let name = this.#nameByDetachedString.get(nameByNode[node]);
    if (name === undefined) {
      name = this.#add(node);
      this.#nameByDetachedString.set(nameByNode[node], name);
    }
    return name;
  }

  #add(node: number): number {
    return this.texts.isFull ? NO_TEXT : this.texts.add(this.#graph.node(node).name);
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
