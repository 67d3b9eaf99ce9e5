import { DETACHEDNESS, SPECIAL_NAME } from '../format/type-names.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import { OrdinalSet } from '../graph/ordinal-set.js';
import type { StringTable } from '../graph/string-table.js';
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
import { PropertyNames, storedLengthOf } from './property-name.js';

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
  classKernel: ClassKernel,
  given: readonly InterfaceDefinition[] | undefined,
): readonly InterfaceDefinition[] {
  const { exports: kernel, scratch } = classKernel;
  const { columns, nodeCount, strings } = graph;
  const { firstEdgeByNode, nameByEdge, nameByNode, typeByEdge, typeByNode } = columns;
  const { canonicalByString, classByString, classByType, isNamed, propertyByString } = scratch;

  const plainObjectCount = findNames(graph, kernel, scratch);
  const shapeCount = findShapes(graph, classByNode, kernel, scratch);
  learnPropertyNames(strings, classKernel);
  const inferred = given ? null : infer(graph, kernel, scratch, { plainObjectCount, shapeCount });
  const interfaces = given ?? inferred!.interfaces;

  graph.meta.nodeTypes.forEach((type, ordinal) => {
    const name = classNameOfType(type);
    classByType[ordinal] = name === null ? NO_CLASS : classes.named(name);
  });
  const classByDefinition = interfaces.map((definition) => classes.named(definition.name));
  const index = new InterfaceIndex(interfaces);
  propertyByString.fill(0);
  for (const [text, name] of inferred?.nameByText ?? namesByText(strings, scratch)) {
    const property = index.propertyNumber(text);
    if (property !== undefined) propertyByString[name] = property + 1;
  }
  startGroups(kernel, scratch);
  kernel.setProperties(addressOf(canonicalByString), addressOf(propertyByString));
  // the counts have served
  const [firsts, groupByShape] = [scratch.firstByShape, scratch.countByShape].map(addressOf);
  upwards(0, shapeCount, (first, end) => kernel.groupByProperties(first, end, firsts, groupByShape));
  const ofPlainObjects = classes.named(SPECIAL_NAME.plainObject);
  const propertiesOf = (node: number): number[] => {
    const properties: number[] = [];
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      if (typeByEdge[edge] !== graph.edgeType.property) continue;
      const property = propertyByString[canonicalByString[nameByEdge[edge]]];
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
      groupByShape,
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

/** Finds plain objects, and the strings that name classes. */
function findNames(graph: HeapGraph, kernel: ClassKernelExports, scratch: ClassifyScratch): number {
  const { columns, edgeType, nodeCount, nodeType, strings } = graph;
  const { classNames, isNamed, plainNames, plainObjects } = scratch;
  for (const set of [classNames, isNamed, plainNames, plainObjects]) set.fill(0);
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
  const sets = [plainNames, isNamed, classNames].map(addressOf) as [number, number, number];
  let count = 0;
  upwards(0, nodeCount, (first, end) => {
    count += kernel.findNames(first, end, nodeType.object, ...sets);
  });
  return count;
}

/** Finds the plain objects with the same properties; node → shape; and the strings that name properties. Returns how many shapes there are. */
function findShapes(
  { nodeCount }: HeapGraph,
  shapeByNode: Uint32Array,
  kernel: ClassKernelExports,
  scratch: ClassifyScratch,
): number {
  startGroups(kernel, scratch, scratch.firstByShape, scratch.countByShape);
  kernel.startShapes(addressOf(scratch.remembered), addressOf(scratch.propertyNames.fill(0)));
  upwards(0, nodeCount, (first, end) => kernel.groupShapes(first, end, addressOf(shapeByNode)));
  return kernel.groupsFound();
}

/** Finds the facts about the names of properties, as `PropertyNames` has them. Text is read of few. */
function learnPropertyNames(
  strings: StringTable,
  { exports: kernel, scratch, strings: { bytes, starts } }: ClassKernel,
): void {
  const { canonicalByString, lengthByString, propertyNames, rows } = scratch;
  startGroups(kernel, scratch);
  kernel.setStrings(addressOf(bytes), addressOf(starts));
  const addresses = [propertyNames, lengthByString, canonicalByString, rows].map(addressOf) as [
    number,
    number,
    number,
    number,
  ];
  upwards(0, strings.count, (first, end) => {
    const unusual = kernel.learnNames(first, end, ...addresses);
    for (let index = 0; index < unusual; index++) {
      lengthByString[rows[index]] = storedLengthOf(strings.get(rows[index]));
    }
  });
}

interface Inferred {
  readonly interfaces: readonly InterfaceDefinition[];
  /** property text → the string that stands for it */
  readonly nameByText: ReadonlyMap<string, number>;
}

function infer(
  graph: HeapGraph,
  kernel: ClassKernelExports,
  scratch: ClassifyScratch,
  { plainObjectCount, shapeCount }: { plainObjectCount: number; shapeCount: number },
): Inferred {
  const { canonicalByString, countByGroup, firstByGroup, keys, lengthByString } = scratch;
  startGroups(kernel, scratch);
  kernel.setPropertyNames(addressOf(lengthByString), addressOf(canonicalByString), addressOf(keys));
  const [firsts, counts] = [scratch.firstByShape, scratch.countByShape].map(addressOf);
  upwards(0, shapeCount, (first, end) => kernel.groupCandidates(first, end, firsts, counts));
  const candidates = new CandidateReader(graph, new PropertyNames(graph.strings, scratch));
  const nameByText = new Map<string, number>();
  const groupSizes = countByGroup.subarray(0, kernel.groupsFound());
  const interfaces = chooseInterfaces(groupSizes, plainObjectCount, (group) => {
    candidates.read(firstByGroup[group]);
    const definition = candidates.definition();
    definition.properties.forEach((text, index) => {
      nameByText.set(text, candidates.properties[index]);
    });
    return definition;
  });
  return { interfaces, nameByText };
}

/** All names of properties, and a string for each. */
function* namesByText(
  strings: StringTable,
  { canonicalByString, propertyNames }: ClassifyScratch,
): Generator<[text: string, name: number]> {
  const named = new OrdinalSet(strings.count, propertyNames);
  for (let name = 0; name < strings.count; name++) {
    if (named.has(name) && canonicalByString[name] === name) yield [strings.get(name), name];
  }
}
