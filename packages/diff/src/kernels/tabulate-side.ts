import {
  type ClassIdentity,
  classifyNodes,
  type GraphColumns,
  HeapGraph,
  type InterfaceDefinition,
  sharedUint32,
  type WideColumn,
} from '@heapstream/core';
import { type DominatorTree, tabulateClasses } from '@heapstream/dominators';

/** The classes of one snapshot as a comparison sorts them, and the figures of the Summary. */
export interface ClassesOfSide {
  /** Keys are unique. */
  readonly classes: readonly ClassIdentity[];
  readonly classByNode: Uint32Array;
  readonly countByClass: Uint32Array;
  /** Bytes. */
  readonly shallowSizeByClass: Float64Array;
  /** Bytes, each counted once. */
  readonly retainedSizeByClass: Float64Array;
}

export interface TabulateInput {
  readonly columns: GraphColumns;
  /** Definitions to sort plain objects by; `null` where `known` stands. */
  readonly interfaces: readonly InterfaceDefinition[] | null;
  /** The classes as the analysis of the snapshot found them. */
  readonly known: ClassesOfSide;
  /** Whether classes are told apart by the place of their constructor instead of V8's number of the script. */
  readonly byPlace: boolean;
  readonly shallowSizeByNode: WideColumn;
  readonly retainedSizeByNode: Float64Array;
  readonly distanceByNode: Uint32Array;
  readonly tree: DominatorTree;
}

/** Sorts the nodes into classes by other interfaces or by places, and sums these up. */
export function tabulateSide(input: TabulateInput): ClassesOfSide {
  const { byPlace, columns, interfaces, known } = input;
  const { classByNode, classes } =
    interfaces === null ? known : classifyNodes(new HeapGraph(columns), { interfaces });
  const side = byPlace ? mergePlaces(classes, classByNode) : { classes, classByNode };
  if (side.classByNode === known.classByNode) return { ...known, classes: side.classes };
  const table = tabulateClasses({
    classCount: side.classes.length,
    classByNode: side.classByNode,
    rootOrdinal: columns.rootOrdinal,
    shallowSizeByNode: input.shallowSizeByNode,
    retainedSizeByNode: input.retainedSizeByNode,
    distanceByNode: input.distanceByNode,
    tree: input.tree,
  });
  const { countByClass, retainedSizeByClass, shallowSizeByClass } = table;
  return { ...side, countByClass, shallowSizeByClass, retainedSizeByClass };
}

/**
 * Tells a class from all others in snapshots of other processes, too: `,name`, or name, script name, line and column as
 * JSON.
 */
export function placeKey({ location, name }: Pick<ClassIdentity, 'location' | 'name'>): string {
  if (location === null) return `,${name}`;
  return JSON.stringify([name, location.scriptName, location.line, location.column]);
}

/** Classes by place: those of one place, which two scripts of one file may have, become one. */
function mergePlaces(
  classes: readonly ClassIdentity[],
  classByNode: Uint32Array,
): Pick<ClassesOfSide, 'classes' | 'classByNode'> {
  const positionByKey = new Map<string, number>();
  const merged: ClassIdentity[] = [];
  const mergedByClass = Uint32Array.from(classes, (identity) => {
    const key = placeKey(identity);
    let position = positionByKey.get(key);
    if (position === undefined) {
      position = merged.push({ ...identity, key }) - 1;
      positionByKey.set(key, position);
    }
    return position;
  });
  if (merged.length === classes.length) return { classes: merged, classByNode };
  const mergedByNode = sharedUint32(classByNode.length);
  for (let node = 0; node < classByNode.length; node++) mergedByNode[node] = mergedByClass[classByNode[node]];
  return { classes: merged, classByNode: mergedByNode };
}
