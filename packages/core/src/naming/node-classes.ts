import { SPECIAL_NAME } from '../format/type-names.js';
import { rowsOf } from '../graph/column-rows.js';
import { GroupTable, mixHash } from '../graph/group-table.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { SourceLocation } from '../graph/location-table.js';
import type { KernelMemory } from '../kernel/column-arena.js';
import { sharedUint32 } from '../parse/allocate-columns.js';
import { ClassList } from './class-list.js';
import { classNameOfRawName, classNameOfType } from './class-name.js';
import { type ClassifyScratch, classifyInKernel } from './classify-in-kernel.js';
import { type InterfaceDefinition, NO_DEFINITION } from './interface-index.js';
import { InterfaceMatcher, inferInterfaces, PlainObjects } from './interfaces.js';

/** What the Summary groups by. */
export interface ClassIdentity {
  /**
   * Tells the class from all others, in other snapshots of the process too: `,name`, or `script,line,column,name` as in
   * the file for objects whose constructor was located.
   */
  readonly key: string;
  readonly name: string;
  /** Where the constructor was written: two classes of one name are two rows. */
  readonly location: SourceLocation | null;
}

/** What holds the classes of nodes: an object, so that an index file may stand behind it. */
export interface ClassColumns {
  readonly classByNode: Uint32Array;
}

/** The class of every node. 4 bytes a node. */
export class NodeClasses {
  /** In the order of their first nodes; keys are unique. */
  readonly classes: readonly ClassIdentity[];
  /** The definitions that plain objects were matched with. */
  readonly interfaces: readonly InterfaceDefinition[];

  readonly #columns: ClassColumns;

  constructor(
    columns: ClassColumns,
    classes: readonly ClassIdentity[],
    interfaces: readonly InterfaceDefinition[],
  ) {
    this.#columns = columns;
    this.classes = classes;
    this.interfaces = interfaces;
  }

  /** node ordinal → class ordinal, the position in {@link classes}; shared memory */
  get classByNode(): Uint32Array {
    return this.#columns.classByNode;
  }

  nameOf(nodeOrdinal: number): string {
    return this.classOf(nodeOrdinal).name;
  }

  classOf(nodeOrdinal: number): ClassIdentity {
    return this.classes[rowsOf(this.#columns, 'classByNode', nodeOrdinal)[nodeOrdinal]];
  }
}

export interface ClassifyOptions {
  /** Definitions to sort plain objects by, instead of those inferred from this graph: to compare it with another. */
  readonly interfaces?: readonly InterfaceDefinition[];
  /** Memory for the result: an entry a node. */
  readonly classByNode?: Uint32Array;
  /** Memory in which all columns of nodes and edges, `classByNode` and `scratch` lie: a kernel does most of the work. */
  readonly kernel?: { readonly memory: KernelMemory; readonly scratch: ClassifyScratch } | undefined;
}

/**
 * Finds the class of every node. One pass over the nodes, two over the edges of plain objects, one over the locations;
 * names are read once per string, not per node. Transient: 4 bytes a string and a location, and what
 * {@link inferInterfaces} and {@link InterfaceMatcher} take.
 */
export function classifyNodes(graph: HeapGraph, options: ClassifyOptions = {}): NodeClasses {
  const classes = new ClassList();
  const { classByNode = sharedUint32(graph.nodeCount), kernel } = options;
  let interfaces =
    kernel &&
    classifyInKernel(graph, classes, classByNode, kernel.memory, kernel.scratch, options.interfaces);
  if (!interfaces) {
    interfaces = options.interfaces ?? inferInterfaces(graph);
    classifyByName(graph, interfaces, classes, classByNode);
  }
  splitByLocation(graph, classByNode, classes);
  return new NodeClasses({ classByNode }, numberByAppearance(classByNode, classes.identities), interfaces);
}

/** A class not looked up yet, or one that the node's raw name decides. */
const NO_CLASS = 0xffffffff;

/** Fills in node ordinal → class by type, raw name and interface, regardless of locations. */
function classifyByName(
  graph: HeapGraph,
  interfaces: readonly InterfaceDefinition[],
  classes: ClassList,
  classByNode: Uint32Array,
): void {
  const { nameByNode, nodeCount, typeByNode } = graph.columns;
  const classByType = Uint32Array.from(graph.meta.nodeTypes, (type) => {
    const name = classNameOfType(type);
    return name === null ? NO_CLASS : classes.named(name);
  });
  const plainObjects = new PlainObjects(graph);
  const matcher = new InterfaceMatcher(graph, interfaces);
  const classByDefinition = interfaces.map((definition) => classes.named(definition.name));
  const byRawName = new RawNameClasses(graph, classes);

  for (let node = 0; node < nodeCount; node++) {
    const ofType = classByType[typeByNode[node]];
    if (ofType !== NO_CLASS) {
      classByNode[node] = ofType;
      continue;
    }
    const definition = plainObjects.has(node) ? matcher.definitionOf(node) : NO_DEFINITION;
    classByNode[node] =
      definition === NO_DEFINITION
        ? byRawName.classOf(nameByNode[node], graph.hasDetachedPrefix(node))
        : classByDefinition[definition];
  }
}

/** Classes of `object` and `native` nodes, found once for each string that names one. */
class RawNameClasses {
  readonly #graph: HeapGraph;
  readonly #classes: ClassList;
  readonly #classByString: Uint32Array;
  readonly #classByDetachedString = new Map<number, number>();

  constructor(graph: HeapGraph, classes: ClassList) {
    this.#graph = graph;
    this.#classes = classes;
    this.#classByString = new Uint32Array(graph.strings.count).fill(NO_CLASS);
  }

  classOf(name: number, isDetached: boolean): number {
    const known = isDetached ? this.#classByDetachedString.get(name) : this.#classByString[name];
    if (known !== undefined && known !== NO_CLASS) return known;
    const rawName = (isDetached ? SPECIAL_NAME.detachedPrefix : '') + this.#graph.strings.get(name);
    const ordinal = this.#classes.named(classNameOfRawName(rawName));
    if (isDetached) this.#classByDetachedString.set(name, ordinal);
    else this.#classByString[name] = ordinal;
    return ordinal;
  }
}

/**
 * Moves `object` nodes that have a location into classes of name and location. Where a node has several rows, the last
 * counts.
 */
function splitByLocation(graph: HeapGraph, classByNode: Uint32Array, classes: ClassList): void {
  const { columnByLocation, count, lineByLocation, nodeByLocation, scriptIdByLocation } =
    graph.columns.locations;
  const { typeByNode } = graph.columns;
  const { object } = graph.nodeType;
  const areOfOneClass = (first: number, row: number): boolean =>
    lineByLocation[first] === lineByLocation[row] &&
    columnByLocation[first] === columnByLocation[row] &&
    scriptIdByLocation[first] === scriptIdByLocation[row] &&
    classByNode[nodeByLocation[first]] === classByNode[nodeByLocation[row]];
  const groups = new GroupTable(areOfOneClass);
  // groups compare by the classes found so far, so these change only when every row has its group
  const classByRow = new Uint32Array(count).fill(NO_CLASS);
  const firstLocated = classes.identities.length;
  let last = -1;
  for (let row = 0; row < count; row++) {
    const node = nodeByLocation[row];
    if (typeByNode[node] !== object) continue;
    // objects of a constructor often follow each other
    if (last >= 0 && areOfOneClass(last, row)) {
      classByRow[row] = classByRow[last];
      last = row;
      continue;
    }
    let hash = mixHash(classByNode[node], scriptIdByLocation[row]);
    hash = mixHash(mixHash(hash, lineByLocation[row]), columnByLocation[row]);
    const group = groups.groupOf(row, hash);
    if (firstLocated + group === classes.identities.length) {
      const scriptId = scriptIdByLocation[row];
      classes.addLocated(classes.identities[classByNode[node]].name, {
        scriptId,
        scriptName: graph.scriptName(scriptId) ?? null,
        line: lineByLocation[row],
        column: columnByLocation[row],
      });
    }
    classByRow[row] = firstLocated + group;
    last = row;
  }
  for (let row = 0; row < count; row++) {
    if (classByRow[row] !== NO_CLASS) classByNode[nodeByLocation[row]] = classByRow[row];
  }
}

/** Renumbers the classes in `classByNode` in the order of their first nodes, and returns those that have any. */
function numberByAppearance(
  classByNode: Uint32Array,
  identities: readonly ClassIdentity[],
): readonly ClassIdentity[] {
  const ordinals = new Uint32Array(identities.length).fill(NO_CLASS);
  const used: ClassIdentity[] = [];
  for (let node = 0; node < classByNode.length; node++) {
    const ordinal = classByNode[node];
    if (ordinals[ordinal] === NO_CLASS) ordinals[ordinal] = used.push(identities[ordinal]) - 1;
    classByNode[node] = ordinals[ordinal];
  }
  return used;
}
