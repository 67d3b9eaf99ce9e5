import { DETACHEDNESS, SPECIAL_NAME } from '../format/type-names.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import { OrdinalSet } from '../graph/ordinal-set.js';
import { addressOf, upwards } from '../kernel/call-ranges.js';
import {
  type ClassifyScratch,
  type ClassKernel,
  type ClassKernelExports,
  startGroups,
} from './class-kernel.js';
import type { ClassList } from './class-list.js';
import { classNameOfRawName, classNameOfType } from './class-name.js';
import { type InterfaceDefinition, InterfaceIndex, NO_DEFINITION } from './interface-index.js';
import { CandidateReader, chooseInterfaces } from './interfaces.js';
import { PropertyNames } from './property-name.js';

/** A type that does not tell the class, in a column of classes. */
const NO_CLASS = 0xffffffff;

/**
 * Fills in node ordinal → class by type, raw name and interface, regardless of locations, and returns the interfaces:
 * those given, or those inferred from the graph. Text is read once for each string that names a class or a property of a
 * plain object.
 */
export function classifyInKernel(
  graph: HeapGraph,
  classes: ClassList,
  classByNode: Uint32Array,
  { exports: kernel, scratch }: ClassKernel,
  given: readonly InterfaceDefinition[] | undefined,
): readonly InterfaceDefinition[] {
  const { columns, nodeCount, strings } = graph;
  const { firstEdgeByNode, nameByEdge, nameByNode, typeByEdge, typeByNode } = columns;
  const { classByString, classByType, isNamed, propertyByString } = scratch;

  const plainObjectCount = findNames(graph, kernel, scratch);
  const interfaces = given ?? infer(graph, kernel, scratch, plainObjectCount);

  graph.meta.nodeTypes.forEach((type, ordinal) => {
    const name = classNameOfType(type);
    classByType[ordinal] = name === null ? NO_CLASS : classes.named(name);
  });
  const classByDefinition = interfaces.map((definition) => classes.named(definition.name));
  const index = new InterfaceIndex(interfaces);
  propertyByString.fill(0);
  new OrdinalSet(strings.count, scratch.propertyNames).forEach((name) => {
    propertyByString[name] = (index.propertyNumber(strings.get(name)) ?? -1) + 1;
  });
  startGroups(kernel, scratch);
  kernel.setProperties(addressOf(propertyByString));
  upwards(0, nodeCount, (first, end) => kernel.groupByProperties(first, end, addressOf(classByNode)));
  const ofPlainObjects = classes.named(SPECIAL_NAME.plainObject);
  const propertiesOf = (node: number): number[] => {
    const properties: number[] = [];
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      if (typeByEdge[edge] !== graph.edgeType.property) continue;
      const property = propertyByString[nameByEdge[edge]];
      if (property > 0) properties.push(property - 1);
    }
    return properties;
  };
  // the hashes have served
  const classByGroup = scratch.hashByGroup;
  for (let group = 0; group < kernel.groupsFound(); group++) {
    const definition = index.bestMatch(propertiesOf(scratch.firstByGroup[group]));
    classByGroup[group] = definition === NO_DEFINITION ? ofPlainObjects : classByDefinition[definition];
  }
  new OrdinalSet(strings.count, scratch.classNames).forEach((name) => {
    classByString[name] = classes.named(classNameOfRawName(strings.get(name)));
  });
  upwards(0, nodeCount, (first, end) =>
    kernel.assignClasses(
      first,
      end,
      addressOf(classByNode),
      addressOf(classByType),
      addressOf(classByGroup),
      addressOf(classByString),
    ),
  );
  if (columns.detachednessByNode?.includes(DETACHEDNESS.detached)) {
    for (let node = 0; node < nodeCount; node++) {
      if (isNamed[typeByNode[node]] === 0 || !graph.hasDetachedPrefix(node)) continue;
      const rawName = SPECIAL_NAME.detachedPrefix + strings.get(nameByNode[node]);
      classByNode[node] = classes.named(classNameOfRawName(rawName));
    }
  }
  return interfaces;
}

/** Finds plain objects, and the strings that name properties and classes. */
function findNames(graph: HeapGraph, kernel: ClassKernelExports, scratch: ClassifyScratch): number {
  const { columns, edgeType, nodeCount, nodeType, strings } = graph;
  const { classNames, isNamed, plainNames, plainObjects, propertyNames } = scratch;
  for (const set of [classNames, isNamed, plainNames, plainObjects, propertyNames]) set.fill(0);
  const plain = new OrdinalSet(strings.count, plainNames);
  for (const name of strings.ordinalsOf(SPECIAL_NAME.plainObject)) plain.add(name);
  graph.meta.nodeTypes.forEach((type, ordinal) => {
    isNamed[ordinal] = Number(classNameOfType(type) === null);
  });
  kernel.setGraph(
    addressOf(columns.firstEdgeByNode),
    addressOf(columns.typeByEdge),
    addressOf(columns.nameByEdge),
    addressOf(columns.typeByNode),
    addressOf(columns.nameByNode),
    edgeType.property,
    addressOf(plainObjects),
  );
  const sets = [plainNames, isNamed, propertyNames, classNames].map(addressOf) as [
    number,
    number,
    number,
    number,
  ];
  let count = 0;
  upwards(0, nodeCount, (first, end) => {
    count += kernel.findNames(first, end, nodeType.object, ...sets);
  });
  return count;
}

function infer(
  graph: HeapGraph,
  kernel: ClassKernelExports,
  scratch: ClassifyScratch,
  plainObjectCount: number,
): InterfaceDefinition[] {
  const { countByGroup, firstByGroup, keys, propertyNames } = scratch;
  const names = new PropertyNames(graph.strings, scratch);
  new OrdinalSet(graph.strings.count, propertyNames).forEach((name) => {
    names.learn(name);
  });
  startGroups(kernel, scratch);
  kernel.setPropertyNames(
    addressOf(scratch.lengthByString),
    addressOf(scratch.canonicalByString),
    addressOf(keys),
  );
  upwards(0, graph.nodeCount, kernel.groupCandidates);
  const candidates = new CandidateReader(graph, names);
  return chooseInterfaces(countByGroup.subarray(0, kernel.groupsFound()), plainObjectCount, (group) => {
    candidates.read(firstByGroup[group]);
    return candidates.definition();
  });
}
