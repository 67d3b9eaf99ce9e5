import { EDGE_NAME, SPECIAL_NAME } from '../format/type-names.js';
import { rowsOf } from '../graph/column-rows.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import { StringMatcher } from '../graph/string-matcher.js';
import { printedPropertyName } from './property-name.js';

/** A joined string takes no further part once it is this long (UTF-16 units). */
export const JOINED_LENGTH = 1024;
/** A preview of a plain object takes no further property that would make it longer than this (UTF-16 units). */
const MAX_PREVIEW_LENGTH = 100;
/** The part of a concatenated string that lacks one. */
const MISSING_PART = 0;

/**
 * The name people read: the text of a concatenated string, a preview `{a, b, …, z}` of a plain object, else the raw
 * name. Cost: the parts or edges it takes to fill the name; a long chain of concatenated strings is followed down to
 * its first text.
 */
export function displayName(graph: HeapGraph, ordinal: number): string {
  const type = graph.typeOrdinalOf(ordinal);
  if (type === graph.nodeType.concatenatedString) return concatenatedText(graph, ordinal);
  const rawName = graph.rawNameOf(ordinal);
  const isPlainObject = type === graph.nodeType.object && rawName === SPECIAL_NAME.plainObject;
  return isPlainObject ? propertyPreview(graph, ordinal) : rawName;
}

/** The parts from left to right, whole ones, until the text is long enough. */
function concatenatedText(graph: HeapGraph, ordinal: number): string {
  const pending = [ordinal];
  const lengthWhenEntered = new Map<number, number>();
  let text = '';
  while (pending.length > 0 && text.length < JOINED_LENGTH) {
    const node = pending.pop()!;
    if (graph.typeOrdinalOf(node) !== graph.nodeType.concatenatedString) {
      text += graph.rawNameOf(node);
      continue;
    }
    // No text since it was entered: it is empty, or part of itself (a damaged file) and would go on for ever.
    if (lengthWhenEntered.get(node) === text.length) continue;
    lengthWhenEntered.set(node, text.length);
    const [first, second] = partsOfConcatenated(graph, node);
    pending.push(second, first);
  }
  return text;
}

/**
 * What a concatenated string is made of: node ordinals, the targets of the internal edges `first` and `second`. Where a
 * file repeats one, what stands before both are known counts; one that it lacks is node 0.
 */
export function partsOfConcatenated(graph: HeapGraph, ordinal: number): [first: number, second: number] {
  const names = partNamesOf(graph);
  const { columns } = graph;
  const { end, first: firstEdge } = graph.edgeRangeOf(ordinal);
  const nameByEdge = rowsOf(columns, 'nameByEdge', firstEdge, end);
  const targetByEdge = rowsOf(columns, 'targetByEdge', firstEdge, end);
  const typeByEdge = rowsOf(columns, 'typeByEdge', firstEdge, end);
  let first = MISSING_PART;
  let second = MISSING_PART;
  for (let edge = firstEdge; edge < end; edge++) {
    if (first !== MISSING_PART && second !== MISSING_PART) break;
    if (typeByEdge[edge] !== graph.edgeType.internal) continue;
    if (names.first.matches(nameByEdge[edge])) first = targetByEdge[edge];
    else if (names.second.matches(nameByEdge[edge])) second = targetByEdge[edge];
  }
  return [first, second];
}

interface PartNames {
  readonly first: StringMatcher;
  readonly second: StringMatcher;
}

/** Made once a graph: finding them reads the whole string table. */
const partNamesByGraph = new WeakMap<HeapGraph, PartNames>();

function partNamesOf(graph: HeapGraph): PartNames {
  let names = partNamesByGraph.get(graph);
  if (names === undefined) {
    const { strings } = graph;
    names = {
      first: new StringMatcher(strings, EDGE_NAME.first),
      second: new StringMatcher(strings, EDGE_NAME.second),
    };
    partNamesByGraph.set(graph, names);
  }
  return names;
}

/** `{a, b, …, z}`: property names taken in turn from the first and from the last ones. */
function propertyPreview(graph: HeapGraph, ordinal: number): string {
  const range = graph.edgeRangeOf(ordinal);
  let front = '';
  let back = '';
  let isCut = false;
  let takeFront = true;
  let low = range.first;
  let high = range.end - 1;
  while (low <= high) {
    const name = listedPropertyName(graph, takeFront ? low : high);
    if (name !== undefined) {
      if (
        front !== '' &&
        '{'.length + front.length + back.length + '}'.length + name.length > MAX_PREVIEW_LENGTH
      ) {
        isCut = true;
        break;
      }
      if (takeFront) front = front === '' ? name : `${front}, ${name}`;
      else back = back === '' ? name : `${name}, ${back}`;
    }
    if (takeFront) low++;
    else high--;
    if (name !== undefined) takeFront = !takeFront;
  }
  return `{${front}${isCut ? ', …' : ''}${back === '' ? '' : `, ${back}`}}`;
}

/** The printed name of a property edge, `undefined` for `__proto__` and edges of other types. */
function listedPropertyName(graph: HeapGraph, edge: number): string | undefined {
  const typeByEdge = rowsOf(graph.columns, 'typeByEdge', edge);
  if (typeByEdge[edge] !== graph.edgeType.property) return undefined;
  const name = graph.strings.get(rowsOf(graph.columns, 'nameByEdge', edge)[edge]);
  return name === SPECIAL_NAME.proto ? undefined : printedPropertyName(name);
}
