import {
  type ClassIdentity,
  classifyNodes,
  type GraphColumns,
  HeapGraph,
  SPECIAL_NAME,
  sharedFloat64,
  sharedUint32,
  type WideColumn,
} from '@heapstream/core';
import { type DominatorTree, tabulateClasses } from '@heapstream/dominators';
import { sampleIds } from '../kernels/id-sample.js';
import { sortById } from '../kernels/sort-by-id.js';
import { placeKey } from '../kernels/tabulate-side.js';
import { findNesting } from './group-nesting.js';
import { ShapeTable } from './shape-table.js';
import type { DigestGroup, DigestObjects, SnapshotDigest } from './snapshot-digest.js';

/** How much of the plain objects a digest keeps. */
export interface DigestLimits {
  /** Lists of properties, the most frequent ones first. */
  readonly maxShapes: number;
  /** Names in all these lists together. */
  readonly maxProperties: number;
  /** Entries of the nesting of groups. */
  readonly maxNesting: number;
}

export interface DigestInput {
  readonly columns: GraphColumns;
  /** The classes as the analysis of the snapshot found them. */
  readonly ownClasses: readonly ClassIdentity[];
  readonly ownClassByNode: Uint32Array;
  readonly shallowSizeByNode: WideColumn;
  readonly retainedSizeByNode: Float64Array;
  readonly distanceByNode: Uint32Array;
  readonly tree: DominatorTree;
  readonly limits: DigestLimits;
  readonly withObjects: boolean;
}

type DigestResult = Pick<
  SnapshotDigest,
  'groups' | 'propertyNames' | 'shapes' | 'nesting' | 'unshapedObjects' | 'objects'
>;

const NO_GROUP = 0xffffffff;

/** A pass over the nodes, one over the edges of plain objects, two walks down the dominator tree. */
export function makeDigest(input: DigestInput): DigestResult {
  const { columns, retainedSizeByNode, shallowSizeByNode, tree } = input;
  const { rootOrdinal } = columns;
  const { groupByNode, kinds, propertyNames, shapes, unshapedObjects } = groupNodes(input);
  const table = tabulateClasses({
    classCount: kinds.length,
    classByNode: groupByNode,
    rootOrdinal,
    shallowSizeByNode,
    retainedSizeByNode,
    distanceByNode: input.distanceByNode,
    tree,
  });
  const groups = kinds.map(
    (kind, group): DigestGroup => ({
      ...kind,
      count: table.countByClass[group],
      shallowSize: table.shallowSizeByClass[group],
      retainedSize: table.retainedSizeByClass[group],
    }),
  );
  const nesting = findNesting(
    {
      rootOrdinal,
      tree,
      groupByNode,
      isMergeable: findMergeable(groups),
      shallowSizeByNode,
      retainedSizeByNode,
    },
    input.limits.maxNesting,
  );
  const digest = { groups, propertyNames, shapes, nesting, unshapedObjects };
  return input.withObjects ? { ...digest, objects: keepObjects(input, groupByNode) } : digest;
}

interface Grouping {
  readonly groupByNode: Uint32Array;
  readonly kinds: readonly Pick<DigestGroup, 'name' | 'location' | 'shape'>[];
  readonly propertyNames: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  readonly unshapedObjects: number;
}

/** Groups of the nodes that have a shallow size; the others are in group 0, which counts none of them. */
function groupNodes(input: DigestInput): Grouping {
  const { columns, limits, ownClassByNode, ownClasses, shallowSizeByNode } = input;
  const { nodeCount, typeByNode } = columns;
  const graph = new HeapGraph(columns);
  const { classByNode, classes } = classifyNodes(graph, { interfaces: [] });
  const objectType = graph.nodeType.object;
  const isPlain = (node: number): boolean =>
    typeByNode[node] === objectType && classes[classByNode[node]].name === SPECIAL_NAME.plainObject;

  // first all shapes, at the place of the group, then those that are kept
  const shapeTable = new ShapeTable(graph, classByNode);
  const groupByNode = sharedUint32(nodeCount);
  const countByShape: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (shallowSizeByNode[node] === 0 || !isPlain(node)) continue;
    const shape = shapeTable.shapeOf(node, classByNode[node]);
    groupByNode[node] = shape;
    countByShape[shape] = (countByShape[shape] ?? 0) + 1;
  }
  const kept = chooseShapes(shapeTable, countByShape, limits);

  const kinds: Pick<DigestGroup, 'name' | 'location' | 'shape'>[] = [];
  const groupByClass = new Uint32Array(classes.length).fill(NO_GROUP);
  const groupByOwnClass = new Uint32Array(ownClasses.length).fill(NO_GROUP);
  const groupByShape = new Uint32Array(countByShape.length).fill(NO_GROUP);
  const groupIn = (
    groups: Uint32Array,
    position: number,
    { location, name }: Pick<ClassIdentity, 'location' | 'name'>,
    shape: number | null,
  ): number => {
    if (groups[position] === NO_GROUP) groups[position] = kinds.push({ name, location, shape }) - 1;
    return groups[position];
  };
  let unshapedObjects = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (shallowSizeByNode[node] === 0) {
      groupByNode[node] = 0;
      continue;
    }
    const identity = classes[classByNode[node]];
    const shape = groupByNode[node];
    if (!isPlain(node)) groupByNode[node] = groupIn(groupByClass, classByNode[node], identity, null);
    else if (kept.positionByShape[shape] !== NO_GROUP) {
      groupByNode[node] = groupIn(groupByShape, shape, identity, kept.positionByShape[shape]);
    } else {
      const own = ownClassByNode[node];
      groupByNode[node] = groupIn(groupByOwnClass, own, ownClasses[own], null);
      unshapedObjects++;
    }
  }
  return { groupByNode, kinds, propertyNames: kept.propertyNames, shapes: kept.shapes, unshapedObjects };
}

/** The most frequent shapes within the limits, in order of first appearance, and the names in them. */
function chooseShapes(
  table: ShapeTable,
  countByShape: readonly number[],
  { maxProperties, maxShapes }: DigestLimits,
) {
  const byFrequency = Uint32Array.from(countByShape, (_, shape) => shape).sort(
    (a, b) => countByShape[b] - countByShape[a] || a - b,
  );
  const isKept = new Uint8Array(countByShape.length);
  let properties = 0;
  for (const shape of byFrequency.subarray(0, maxShapes)) {
    const length = table.propertiesOf(shape).length;
    if (properties + length > maxProperties) continue;
    properties += length;
    isKept[shape] = 1;
  }
  const positionByShape = new Uint32Array(countByShape.length).fill(NO_GROUP);
  const numberByProperty = new Map<number, number>();
  const propertyNames: string[] = [];
  const shapes: number[][] = [];
  for (let shape = 0; shape < isKept.length; shape++) {
    if (isKept[shape] === 0) continue;
    const list = table.propertiesOf(shape).map((property) => {
      let number = numberByProperty.get(property);
      if (number === undefined) {
        number = propertyNames.push(table.propertyNames[property]) - 1;
        numberByProperty.set(property, number);
      }
      return number;
    });
    positionByShape[shape] = shapes.push(list.sort((a, b) => a - b)) - 1;
  }
  return { positionByShape, propertyNames, shapes };
}

/**
 * Groups that may become one class with others: those of one place (two scripts of one file), and all that interfaces
 * or a constructor of an odd name may make one.
 */
function findMergeable(groups: readonly DigestGroup[]): Uint8Array {
  const groupsByPlace = new Map<string, number>();
  for (const group of groups) {
    const key = placeKey(group);
    groupsByPlace.set(key, (groupsByPlace.get(key) ?? 0) + 1);
  }
  return Uint8Array.from(groups, (group) => {
    const { name, shape } = group;
    const isNamedAsPlain = name === SPECIAL_NAME.plainObject || name.startsWith('{');
    return shape !== null || isNamedAsPlain || (groupsByPlace.get(placeKey(group)) ?? 0) > 1 ? 1 : 0;
  });
}

/** The objects that take memory, by id: 20 bytes each. */
function keepObjects(
  { columns, retainedSizeByNode, shallowSizeByNode }: DigestInput,
  groupByNode: Uint32Array,
): DigestObjects {
  const { idByNode } = columns;
  const nodes = sortById(idByNode, shallowSizeByNode);
  const { length } = nodes;
  const objectsById = sharedUint32(length);
  const idByObject = idByNode instanceof Float64Array ? sharedFloat64(length) : sharedUint32(length);
  const classByObject = sharedUint32(length);
  const shallowSizeByObject =
    shallowSizeByNode instanceof Float64Array ? sharedFloat64(length) : sharedUint32(length);
  const retainedSizeByObject = sharedFloat64(length);
  for (let object = 0; object < length; object++) {
    const node = nodes[object];
    objectsById[object] = object;
    idByObject[object] = idByNode[node];
    classByObject[object] = groupByNode[node];
    shallowSizeByObject[object] = shallowSizeByNode[node];
    retainedSizeByObject[object] = retainedSizeByNode[node];
  }
  return {
    columns: { idByObject, classByObject, shallowSizeByObject, retainedSizeByObject, objectsById },
    sample: sampleIds(columns, nodes),
  };
}
