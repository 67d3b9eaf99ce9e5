import { SPECIAL_NAME } from '../format/type-names.js';
import { rowsOf } from '../graph/column-rows.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { SourceLocation } from '../graph/source-location.js';
import { sharedUint32 } from '../parse/allocate-columns.js';
import { type ClassKernelMemory, loadClassKernel } from './class-kernel.js';
import { ClassList } from './class-list.js';
import { classNameOfRawName, classNameOfType } from './class-name.js';
import { classifyInKernel } from './classify-in-kernel.js';
import { type InterfaceDefinition, NO_DEFINITION } from './interface-index.js';
import { InterfaceMatcher, inferInterfaces, PlainObjects } from './interfaces.js';
import { numberByAppearance, numberByAppearanceInKernel } from './number-classes.js';
import { splitByLocation, splitByLocationInKernel } from './split-by-location.js';

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
  /** Memory in which all columns of nodes and edges, `classByNode` and the rest of this lie: a kernel does most of the work. */
  readonly kernel?: ClassKernelMemory | undefined;
}

/**
 * Finds the class of every node. One pass over the nodes, two over the edges of plain objects, one over the locations;
 * names are read once per string, not per node. Transient: 4 bytes a string and a location, and what
 * {@link inferInterfaces} and {@link InterfaceMatcher} take.
 */
export function classifyNodes(graph: HeapGraph, options: ClassifyOptions = {}): NodeClasses {
  const classes = new ClassList();
  const { classByNode = sharedUint32(graph.nodeCount) } = options;
  const kernel = options.kernel ? loadClassKernel(options.kernel) : null;
  let interfaces: readonly InterfaceDefinition[];
  let used: readonly ClassIdentity[];
  if (kernel) {
    interfaces = classifyInKernel(graph, classes, classByNode, kernel, options.interfaces);
    splitByLocationInKernel(graph, classByNode, classes, kernel);
    used = numberByAppearanceInKernel(classByNode, classes.identities, kernel);
  } else {
    interfaces = options.interfaces ?? inferInterfaces(graph);
    classifyByName(graph, interfaces, classes, classByNode);
    splitByLocation(graph, classByNode, classes);
    used = numberByAppearance(classByNode, classes.identities);
  }
  return new NodeClasses({ classByNode }, used, interfaces);
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
