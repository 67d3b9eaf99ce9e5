import type { GraphColumns } from '../graph/graph-columns.js';
import { addressOf, STRIDE } from '../kernel/call-ranges.js';
import type { KernelMemory } from '../kernel/column-arena.js';
import { groupSlots } from '../kernel/group-slots.js';
import type { KernelStrings } from '../kernel/kernel-strings.js';
import { loadKernel } from '../kernel/load-kernel.js';
import type { ColumnAllocator } from '../parse/allocate-columns.js';

const FILE = new URL('../../wasm/classes.wasm', import.meta.url);

/** Numbers of two keys of candidates. */
const KEYS = 128;
const REMEMBERED = 1024;
const TYPES = 256;

/** What `assembly/classes.ts` exports. Columns go by their addresses. */
export interface ClassKernelExports {
  setGraph(
    firstEdgeByNode: number,
    typeByEdge: number,
    nameByEdge: number,
    typeByNode: number,
    nameByNode: number,
    propertyType: number,
    plainObjects: number,
  ): void;
  findNames(
    first: number,
    last: number,
    objectType: number,
    plainNames: number,
    isNamed: number,
    classNames: number,
  ): number;
  startGroups(slots: number, hashes: number, firsts: number, counts: number): void;
  groupsFound(): number;
  startShapes(recent: number, propertyNames: number): void;
  groupShapes(first: number, last: number, shapeByNode: number): void;
  setStrings(bytes: number, starts: number): void;
  learnNames(
    first: number,
    last: number,
    propertyNames: number,
    lengthByString: number,
    canonicalByString: number,
    unusual: number,
  ): number;
  setPropertyNames(lengths: number, canonical: number, keys: number): void;
  groupCandidates(first: number, last: number, firstByShape: number, countByShape: number): void;
  setProperties(canonicalByString: number, propertyByString: number): void;
  groupByProperties(first: number, last: number, firstByShape: number, groupByShape: number): void;
  assignClasses(
    first: number,
    last: number,
    classByNode: number,
    classByType: number,
    groupByShape: number,
    classByGroup: number,
    classByString: number,
  ): void;
  startLocations(
    nodes: number,
    scripts: number,
    lines: number,
    columns: number,
    lineByGroup: number,
    columnByGroup: number,
    firstClass: number,
    capacity: number,
    closures: number,
    remembered: number,
  ): void;
  locateNodes(rows: number, object: number, closure: number, classByNode: number): number;
  closuresFound(): number;
  numberClasses(first: number, last: number, classByNode: number, ordinals: number, met: number): number;
}

/** Memory that the kernel works in, whatever it holds. Most of it is never written to. */
export interface ClassifyScratch {
  /** Sets of nodes and strings. */
  readonly plainObjects: Uint32Array;
  readonly plainNames: Uint32Array;
  readonly propertyNames: Uint32Array;
  readonly classNames: Uint32Array;
  /** type → whether its nodes are named by class; and their class otherwise */
  readonly isNamed: Uint8Array;
  readonly classByType: Uint32Array;
  readonly lengthByString: Uint8Array;
  readonly canonicalByString: Uint32Array;
  readonly propertyByString: Uint32Array;
  readonly classByString: Uint32Array;
  readonly keys: Uint32Array;
  readonly firstByShape: Uint32Array;
  readonly countByShape: Uint32Array;
  /** A hash table of nodes or strings, with room for all of them. */
  readonly groupBySlot: Uint32Array;
  readonly hashByGroup: Uint32Array;
  readonly firstByGroup: Uint32Array;
  readonly countByGroup: Uint32Array;
  /** Four columns of {@link STRIDE} rows: of locations, those of nodes, scripts, lines, columns. */
  readonly rows: Uint32Array;
  /** A node and a script for each of {@link STRIDE} rows. */
  readonly closures: Uint32Array;
  /** Scripts, and before them shapes. */
  readonly remembered: Uint32Array;
}

/** The kernel of `assembly/classes.ts` at work in a memory. */
export interface ClassKernel {
  readonly exports: ClassKernelExports;
  readonly scratch: ClassifyScratch;
  readonly strings: KernelStrings;
}

/** What {@link loadClassKernel} needs: a memory, and in it what the kernel works with beside the columns of a graph. */
export interface ClassKernelMemory {
  readonly memory: KernelMemory;
  readonly scratch: ClassifyScratch;
  readonly strings: KernelStrings;
}

/** `null` where it cannot run. */
export function loadClassKernel({ memory, scratch, strings }: ClassKernelMemory): ClassKernel | null {
  const exports = loadKernel<ClassKernelExports>(FILE, memory);
  return exports && { exports, scratch, strings };
}

export function memoryForClasses(memory: ColumnAllocator, columns: GraphColumns): ClassifyScratch {
  const { nodeCount, stringCount } = columns;
  const setOf = (count: number): Uint32Array => memory.uint32(Math.ceil(count / 32));
  const items = Math.max(nodeCount, stringCount);
  return {
    plainObjects: setOf(nodeCount),
    plainNames: setOf(stringCount),
    propertyNames: setOf(stringCount),
    classNames: setOf(stringCount),
    isNamed: memory.uint8(TYPES),
    classByType: memory.uint32(TYPES),
    lengthByString: memory.uint8(stringCount),
    canonicalByString: memory.uint32(stringCount),
    propertyByString: memory.uint32(stringCount),
    classByString: memory.uint32(stringCount),
    keys: memory.uint32(KEYS),
    firstByShape: memory.uint32(nodeCount),
    countByShape: memory.uint32(nodeCount),
    groupBySlot: memory.uint32(groupSlots(items)),
    hashByGroup: memory.uint32(items),
    firstByGroup: memory.uint32(items),
    countByGroup: memory.uint32(items),
    rows: memory.uint32(4 * STRIDE),
    closures: memory.uint32(2 * STRIDE),
    remembered: memory.uint32(REMEMBERED),
  };
}

/** No groups yet. */
export function startGroups(
  kernel: ClassKernelExports,
  scratch: ClassifyScratch,
  firstByGroup: Uint32Array = scratch.firstByGroup,
  countByGroup: Uint32Array = scratch.countByGroup,
): void {
  const { groupBySlot, hashByGroup } = scratch;
  kernel.startGroups(
    addressOf(groupBySlot),
    addressOf(hashByGroup),
    addressOf(firstByGroup),
    addressOf(countByGroup),
  );
}
