import { GroupTable, type HeapGraph, mixHash, SPECIAL_NAME } from '@heapstream/core';

const UNKNOWN = 0xffffffff;
const LEFT_OUT = 0xfffffffe;

/**
 * Sorts plain objects by class and list of properties, whatever their order; a list is what interfaces are matched
 * with. 4 bytes a string, 24 a shape, and the text of each property name.
 */
export class ShapeTable {
  readonly propertyNames: string[] = [];
  readonly #graph: HeapGraph;
  readonly #numberByText = new Map<string, number>();
  readonly #numberByString: Uint32Array;
  readonly #groups: GroupTable;
  #current: number[] = [];

  constructor(graph: HeapGraph, classByNode: Uint32Array) {
    this.#graph = graph;
    this.#numberByString = new Uint32Array(graph.strings.count).fill(UNKNOWN);
    this.#groups = new GroupTable((first, node) => {
      if (classByNode[first] !== classByNode[node]) return false;
      const other = this.#read(first);
      return (
        other.length === this.#current.length && other.every((property, i) => property === this.#current[i])
      );
    });
  }

  get count(): number {
    return this.#groups.count;
  }

  /** The shape of a plain object; shapes are numbered in order of first appearance. */
  shapeOf(node: number, classOrdinal: number): number {
    this.#current = this.#read(node);
    let hash = mixHash(0, classOrdinal);
    for (const property of this.#current) hash = mixHash(hash, property);
    return this.#groups.groupOf(node, hash);
  }

  /** Positions in {@link propertyNames}, ascending. */
  propertiesOf(shape: number): number[] {
    return this.#read(this.#groups.firstOf(shape));
  }

  #read(node: number): number[] {
    const { firstEdgeByNode, nameByEdge, typeByEdge } = this.#graph.columns;
    const propertyType = this.#graph.edgeType.property;
    const properties: number[] = [];
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      if (typeByEdge[edge] !== propertyType) continue;
      const property = this.#numberOf(nameByEdge[edge]);
      if (property !== LEFT_OUT) properties.push(property);
    }
    return properties.sort((a, b) => a - b);
  }

  #numberOf(string: number): number {
    const known = this.#numberByString[string];
    if (known !== UNKNOWN) return known;
    const text = this.#graph.strings.get(string);
    let number = text === SPECIAL_NAME.proto ? LEFT_OUT : this.#numberByText.get(text);
    if (number === undefined) {
      number = this.propertyNames.push(text) - 1;
      this.#numberByText.set(text, number);
    }
    this.#numberByString[string] = number;
    return number;
  }
}
