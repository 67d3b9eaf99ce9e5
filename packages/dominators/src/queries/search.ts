import { type HeapGraph, SPECIAL_NAME, StringTable } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { LargestNodes, type NodePage, type PageOptions } from './node-page.js';

/** Text is looked for in any case; a regular expression is taken as it is. */
export type SearchQuery = string | RegExp;

/**
 * The nodes whose name, as people read it (concatenated strings joined, plain objects as `{a, b, …}`), contains the
 * text or matches the expression; the largest retained size first. Nodes without a shallow size are left out, as in the
 * class table.
 *
 * Each string is looked at once, for ASCII text in the table's bytes, without decoding. Names that are made up (plain
 * objects, concatenated strings) are made for each such node that can match.
 */
export function searchNodes(
  analysis: HeapAnalysis,
  query: SearchQuery,
  { limit = Number.POSITIVE_INFINITY, offset = 0 }: PageOptions = {},
): NodePage {
  const { graph } = analysis;
  const { retainedSizeByNode, shallowSizeByNode } = analysis.columns;
  const names = new NameMatcher(graph, query);
  const largest = new LargestNodes(retainedSizeByNode, offset + limit);
  for (let node = 0; node < graph.nodeCount; node++) {
    if (shallowSizeByNode[node] > 0 && names.matches(node)) largest.offer(node);
  }
  return largest.page(offset);
}

/** The expression that a query stands for. */
function expressionFor(query: SearchQuery): RegExp {
  if (typeof query === 'string') return new RegExp(query.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i');
  // a global or sticky one would go on where the last match ended
  return new RegExp(query.source, query.flags.replace(/[gy]/g, ''));
}

/** Columns of a graph that hold its strings. */
type StringColumns = ConstructorParameters<typeof StringTable>[0];

/**
 * string ordinal → 1 where the string itself has what is looked for: for ASCII text one pass over the bytes of all
 * strings, else each is decoded. 1 byte a string.
 */
export function matchStrings(columns: StringColumns, query: SearchQuery): Uint8Array {
  const isAscii = typeof query === 'string' && ASCII.test(query);
  return isAscii ? findAscii(columns, query) : findByExpression(columns, expressionFor(query));
}

const ASCII = /^\p{ASCII}*$/u;
/** In a text it may match where two property names meet, or the braces around them. */
const PART_OF_PREVIEW = /[{},…'"\\ ]/;

/** Tells which nodes have a name that {@link searchNodes} would find. Looks at each string once when it is made; 1 byte a string. */
export class NameMatcher {
  readonly #graph: HeapGraph;
  readonly #expression: RegExp;
  /** string ordinal → 1 where it matches */
  readonly #isMatch: Uint8Array;
  /** Whether a preview of a plain object can only match if one of its property names does. */
  readonly #isWithinOneProperty: boolean;
  readonly #plainObjectNames: ReadonlySet<number>;

  constructor(graph: HeapGraph, query: SearchQuery) {
    this.#graph = graph;
    this.#expression = expressionFor(query);
    this.#isMatch = matchStrings(graph.columns, query);
    this.#isWithinOneProperty = typeof query === 'string' && query !== '' && !PART_OF_PREVIEW.test(query);
    this.#plainObjectNames = new Set(graph.strings.ordinalsOf(SPECIAL_NAME.plainObject));
  }

  matches(node: number): boolean {
    const graph = this.#graph;
    const { nameByNode, typeByNode } = graph.columns;
    const type = typeByNode[node];
    if (type === graph.nodeType.object && this.#plainObjectNames.has(nameByNode[node])) {
      return this.#mayShowMatch(node) && this.#expression.test(graph.node(node).name);
    }
    if (type === graph.nodeType.concatenatedString || graph.hasDetachedPrefix(node)) {
      return this.#expression.test(graph.node(node).name);
    }
    return this.#isMatch[nameByNode[node]] === 1;
  }

  #mayShowMatch(node: number): boolean {
    if (!this.#isWithinOneProperty) return true;
    const { firstEdgeByNode, nameByEdge, typeByEdge } = this.#graph.columns;
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      if (typeByEdge[edge] === this.#graph.edgeType.property && this.#isMatch[nameByEdge[edge]] === 1)
        return true;
    }
    return false;
  }
}

/** string ordinal → 1 where the expression matches; decodes every string. */
function findByExpression(columns: StringColumns, expression: RegExp): Uint8Array {
  const strings = new StringTable(columns);
  const isMatch = new Uint8Array(strings.count);
  for (let string = 0; string < isMatch.length; string++) {
    if (expression.test(strings.get(string))) isMatch[string] = 1;
  }
  return isMatch;
}

/** string ordinal → 1 where it contains the ASCII text in any case. One pass over the bytes of all strings. */
function findAscii(columns: StringColumns, text: string): Uint8Array {
  const { stringBytes, stringCount, stringStart } = columns;
  const strings = new StringTable(columns);
  const isMatch = new Uint8Array(stringCount);
  const lower = Buffer.from(text.toLowerCase());
  const upper = Buffer.from(text.toUpperCase());
  if (lower.length === 0) return isMatch.fill(1);
  for (let string = 0; string < stringCount; string++) {
    const end = stringStart[string + 1];
    if (end <= stringBytes.length) {
      if (containsEither(stringBytes, stringStart[string], end, lower, upper)) isMatch[string] = 1;
      continue;
    }
    const bytes = strings.bytesOf(string);
    if (containsEither(bytes, 0, bytes.length, lower, upper)) isMatch[string] = 1;
  }
  return isMatch;
}

/** Whether the bytes from `start` up to `end` hold the text, each byte in one case or the other. */
function containsEither(
  bytes: Uint8Array,
  start: number,
  end: number,
  lower: Uint8Array,
  upper: Uint8Array,
): boolean {
  const { length } = lower;
  const firstLower = lower[0];
  const firstUpper = upper[0];
  for (let at = start, last = end - length; at <= last; at++) {
    const byte = bytes[at];
    if (byte !== firstLower && byte !== firstUpper) continue;
    let matched = 1;
    while (
      matched < length &&
      (bytes[at + matched] === lower[matched] || bytes[at + matched] === upper[matched])
    ) {
      matched++;
    }
    if (matched === length) return true;
  }
  return false;
}
