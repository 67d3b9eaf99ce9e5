import { SPECIAL_NAME } from '../format/type-names.js';
import { GroupTable, mixHash } from '../graph/group-table.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import { StringMatcher } from '../graph/string-matcher.js';
import { type InterfaceDefinition, InterfaceIndex } from './interface-index.js';
import { LEFT_OUT, PropertyNames, printedPropertyName } from './property-name.js';

/** Length of `{a, b` beyond which a candidate takes no further property (UTF-16 units). */
const MAX_NAME_LENGTH = 120;
const MIN_OBJECTS_PER_INTERFACE = 2;
/** An interface must hold at least one in so many plain objects. */
const OBJECTS_PER_INTERFACE = 1000;

/** Tells plain objects: nodes of type `object` with the raw name `Object`. */
export class PlainObjects {
  readonly #typeByNode: Uint8Array;
  readonly #nameByNode: Uint32Array;
  readonly #objectType: number;
  readonly #name: StringMatcher;

  constructor(graph: HeapGraph) {
    this.#typeByNode = graph.columns.typeByNode;
    this.#nameByNode = graph.columns.nameByNode;
    this.#objectType = graph.nodeType.object;
    this.#name = new StringMatcher(graph.strings, SPECIAL_NAME.plainObject);
  }

  has(node: number): boolean {
    return this.#typeByNode[node] === this.#objectType && this.#name.matches(this.#nameByNode[node]);
  }
}

/**
 * The interfaces of a graph's plain objects, most frequent first, ties in order of first appearance. A candidate is the
 * list of an object's first properties; it becomes a definition when at least 2 objects, and one in a thousand, have it.
 *
 * One pass over the edges of plain objects, twice where objects share a list; about 24 bytes for each list of names
 * that occurs, and for each property name.
 */
export function inferInterfaces(graph: HeapGraph): InterfaceDefinition[] {
  const plainObjects = new PlainObjects(graph);
  const names = new PropertyNames(graph.strings);
  const candidates = new CandidateReader(graph, names);
  const other = new CandidateReader(graph, names);
  const groups = new GroupTable((first) => other.read(first) && other.hasKeyOf(candidates));
  const countByGroup: number[] = [];
  let plainObjectCount = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (!plainObjects.has(node)) continue;
    plainObjectCount++;
    if (!candidates.read(node)) continue;
    const group = groups.groupOf(node, candidates.keyHash());
    countByGroup[group] = (countByGroup[group] ?? 0) + 1;
  }

  return chooseInterfaces(countByGroup, plainObjectCount, (group) => {
    candidates.read(groups.firstOf(group));
    return candidates.definition();
  });
}

/** The definitions of the groups that are large enough; groups are numbered in order of first appearance. */
export function chooseInterfaces(
  countByGroup: ArrayLike<number>,
  plainObjectCount: number,
  definitionOf: (group: number) => InterfaceDefinition,
): InterfaceDefinition[] {
  const leastCount = Math.max(MIN_OBJECTS_PER_INTERFACE, plainObjectCount / OBJECTS_PER_INTERFACE);
  const chosen: number[] = [];
  for (let group = 0; group < countByGroup.length; group++)
    if (countByGroup[group] >= leastCount) chosen.push(group);
  // the sort is stable
  chosen.sort((a, b) => countByGroup[b] - countByGroup[a]);
  return chosen.map(definitionOf);
}

/**
 * Reads the list of properties that stands for an object in the choice of interfaces: those of its property edges, in
 * order, without `__proto__`, as long as the printed list is short enough.
 *
 * Candidates are told apart by their printed names. Empty names at the start leave no trace in print (`{"": 1, a: 2}`
 * prints as `{a}`), so they are no part of the key.
 */
export class CandidateReader {
  readonly #graph: HeapGraph;
  readonly #names: PropertyNames;
  /** string ordinals, one for each text */
  readonly #properties: number[] = [];
  #keyStart = 0;

  constructor(graph: HeapGraph, names: PropertyNames) {
    this.#graph = graph;
    this.#names = names;
  }

  /** Reads the node's list; false where it has no properties. */
  read(node: number): boolean {
    const { firstEdgeByNode, nameByEdge, typeByEdge } = this.#graph.columns;
    const propertyType = this.#graph.edgeType.property;
    const properties = this.#properties;
    const end = firstEdgeByNode[node + 1];
    let count = 0;
    this.#keyStart = 0;
    let length = '{'.length;
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      if (typeByEdge[edge] !== propertyType) continue;
      const name = nameByEdge[edge];
      const printedLength = this.#names.printedLengthOf(name);
      if (printedLength === LEFT_OUT) continue;
      const isFirst = length === '{'.length;
      if (!isFirst && length + printedLength > MAX_NAME_LENGTH) break;
      if (isFirst && printedLength === 0) this.#keyStart++;
      length += isFirst ? printedLength : ', '.length + printedLength;
      properties[count++] = this.#names.canonicalOf(name);
    }
    properties.length = count;
    return count > 0;
  }

  /** Those of the node read last: string ordinals, one for each text. */
  get properties(): readonly number[] {
    return this.#properties;
  }

  keyHash(): number {
    let hash = 0;
    for (let i = this.#keyStart; i < this.#properties.length; i++) hash = mixHash(hash, this.#properties[i]);
    return hash;
  }

  hasKeyOf(other: CandidateReader): boolean {
    const length = this.#properties.length - this.#keyStart;
    if (other.#properties.length - other.#keyStart !== length) return false;
    for (let i = 0; i < length; i++) {
      if (this.#properties[this.#keyStart + i] !== other.#properties[other.#keyStart + i]) return false;
    }
    return true;
  }

  definition(): InterfaceDefinition {
    const properties = this.#properties.map((ordinal) => this.#graph.strings.get(ordinal));
    return {
      name: `{${properties.slice(this.#keyStart).map(printedPropertyName).join(', ')}}`,
      properties,
    };
  }
}

const UNSEEN = 0;
const IRRELEVANT = 1;
const FIRST_PROPERTY = 2;

/**
 * Finds the definition that a plain object of a graph joins, as {@link InterfaceIndex} tells.
 *
 * Objects with the same list of properties that any definition mentions get their answer once. 4 bytes a string of the
 * graph, and about 28 for each such list.
 */
export class InterfaceMatcher {
  readonly #graph: HeapGraph;
  readonly #index: InterfaceIndex;
  /** string ordinal → property number + {@link FIRST_PROPERTY}, {@link IRRELEVANT} or {@link UNSEEN} */
  readonly #propertyByString: Uint32Array;

  readonly #groups: GroupTable;
  readonly #matchByGroup: number[] = [];
  readonly #current: number[] = [];
  readonly #other: number[] = [];

  constructor(graph: HeapGraph, definitions: readonly InterfaceDefinition[]) {
    this.#graph = graph;
    this.#index = new InterfaceIndex(definitions);
    this.#propertyByString = new Uint32Array(graph.strings.count);
    this.#groups = new GroupTable((first) => {
      this.#readProperties(first, this.#other);
      return areEqual(this.#other, this.#current);
    });
  }

  /** Position of the definition that the plain object joins, or {@link NO_DEFINITION}. */
  definitionOf(node: number): number {
    this.#readProperties(node, this.#current);
    let hash = 0;
    for (let i = 0; i < this.#current.length; i++) hash = mixHash(hash, this.#current[i]);
    const group = this.#groups.groupOf(node, hash);
    if (group === this.#matchByGroup.length) this.#matchByGroup.push(this.#index.bestMatch(this.#current));
    return this.#matchByGroup[group];
  }

  /** Numbers of the node's properties that any definition mentions, in order of its edges. */
  #readProperties(node: number, into: number[]): void {
    const { firstEdgeByNode, nameByEdge, typeByEdge } = this.#graph.columns;
    const propertyType = this.#graph.edgeType.property;
    const end = firstEdgeByNode[node + 1];
    let count = 0;
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      if (typeByEdge[edge] !== propertyType) continue;
      const name = nameByEdge[edge];
      let property = this.#propertyByString[name];
      if (property === UNSEEN) {
        const known = this.#index.propertyNumber(this.#graph.strings.get(name));
        property = known === undefined ? IRRELEVANT : known + FIRST_PROPERTY;
        this.#propertyByString[name] = property;
      }
      if (property !== IRRELEVANT) into[count++] = property - FIRST_PROPERTY;
    }
    into.length = count;
  }
}

function areEqual(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
