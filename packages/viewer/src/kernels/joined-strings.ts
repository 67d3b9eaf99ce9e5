import { type HeapGraph, JOINED_LENGTH, partsOfConcatenated } from '@heapstream/core';
import { NO_TEXT, type TextList, type TextPart } from './text-list.js';

/** What is known of a node's text: nothing; */
const UNKNOWN = 0;
/** that its first part is being looked at; */
const PENDING = 1;
/** that it may be part of itself, and is to be made from the graph alone; */
const ODD = 2;
/** that there was no room for it; */
const NO_ROOM = 3;
/** its number in the list, from here on. */
const FIRST_TEXT = 4;

/**
 * The texts of concatenated strings as people read them, but from bytes to bytes, and each from what is known of its
 * first part. Of a string that grew by a million pieces, the text of each is that of the one before and a little more; or
 * the same, where that is long enough already.
 */
export class JoinedStrings {
  readonly #graph: HeapGraph;
  readonly #texts: TextList;
  /** node → what is known; 4 bytes a node, but what is never written to takes no memory */
  readonly #stateByNode: Uint32Array;
  /** Whether bytes can be joined without looking at them. */
  readonly #hasPlainBytes: boolean;

  constructor(graph: HeapGraph, texts: TextList) {
    const { hasLoneSurrogates, moreStringBytes } = graph.columns;
    this.#graph = graph;
    this.#texts = texts;
    this.#stateByNode = new Uint32Array(graph.nodeCount);
    this.#hasPlainBytes = !hasLoneSurrogates && moreStringBytes.length === 0;
  }

  /** The text's number in the list, or `NO_TEXT`. */
  textOf(node: number): number {
    const states = this.#stateByNode;
    if (states[node] === UNKNOWN && this.#hasPlainBytes) this.#join(node);
    const state = states[node];
    if (state >= FIRST_TEXT) return state - FIRST_TEXT;
    return state === NO_ROOM || this.#texts.isFull ? NO_TEXT : this.#texts.add(this.#graph.node(node).name);
  }

  /** Goes down the first parts to one that is known, and up again. */
  #join(node: number): void {
    const states = this.#stateByNode;
    const chain: number[] = [];
    const seconds: number[] = [];
    let first = node;
    while (this.#isConcatenated(first) && states[first] === UNKNOWN) {
      const [next, second] = partsOfConcatenated(this.#graph, first);
      states[first] = PENDING;
      chain.push(first);
      seconds.push(second);
      first = next;
    }
    for (let i = chain.length - 1; i >= 0; i--) {
      states[chain[i]] = this.#stateFrom(chain[i], first, seconds[i]);
      first = chain[i];
    }
  }

  #stateFrom(node: number, first: number, second: number): number {
    let start = this.#stringOf(first);
    if (this.#isConcatenated(first)) {
      const state = this.#stateByNode[first];
      // what begins with a text that found no room finds none
      if (state < FIRST_TEXT) return state === NO_ROOM ? NO_ROOM : ODD;
      start = this.#texts.partOf(state - FIRST_TEXT);
      if (countUnits(start, JOINED_LENGTH) === JOINED_LENGTH) return state;
    }
    const parts = [start];
    if (this.#graph.hasDetachedPrefix(first) || !this.#addPartsOf(second, node, parts)) return ODD;
    const text = this.#texts.addParts(parts);
    return text === NO_TEXT ? NO_ROOM : FIRST_TEXT + text;
  }

  /** Adds what follows until the text is long enough; `false` where a string was met within itself. */
  #addPartsOf(second: number, whole: number, parts: TextPart[]): boolean {
    const pending = [second];
    let lengthWhenEntered: Map<number, number> | undefined;
    let length = countUnits(parts[0], JOINED_LENGTH);
    while (pending.length > 0 && length < JOINED_LENGTH) {
      const node = pending.pop()!;
      if (this.#isConcatenated(node)) {
        lengthWhenEntered ??= new Map([[whole, 0]]);
        if (lengthWhenEntered.get(node) === length) return false;
        lengthWhenEntered.set(node, length);
        const [first, next] = partsOfConcatenated(this.#graph, node);
        pending.push(next, first);
      } else {
        if (this.#graph.hasDetachedPrefix(node)) return false;
        const part = this.#stringOf(node);
        parts.push(part);
        length += countUnits(part, JOINED_LENGTH - length);
      }
    }
    return true;
  }

  #isConcatenated(node: number): boolean {
    return this.#graph.columns.typeByNode[node] === this.#graph.nodeType.concatenatedString;
  }

  #stringOf(node: number): TextPart {
    const { nameByNode, stringBytes, stringStart } = this.#graph.columns;
    const string = nameByNode[node];
    return { bytes: stringBytes, start: stringStart[string], end: stringStart[string + 1] };
  }
}

const CONTINUATION = 0b1000_0000;
const LEAD_OF_FOUR = 0xf0;

/** UTF-16 units of a text; `limit` where they are so many or more. */
function countUnits({ bytes, end, start }: TextPart, limit: number): number {
  let units = 0;
  for (let at = start; at < end && units < limit; at++) {
    const byte = bytes[at];
    if ((byte & 0b1100_0000) !== CONTINUATION) units += byte >= LEAD_OF_FOUR ? 2 : 1;
  }
  return Math.min(units, limit);
}
