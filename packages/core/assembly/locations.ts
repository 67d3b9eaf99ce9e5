// Classes by name and location: see `split-by-location.ts`.
import { at } from './bits';
import { countByGroup, EMPTY, firstByGroup, groupBySlot, groupCount, mix, open, slotMask } from './groups';
import { typeByNode } from './named-graph';

const NO_CLASS: u32 = 0xffffffff;

/** Rows of the locations section, or a part of them: row → node ordinal, script, line, column. */
let nodeByRow: usize = 0;
let scriptByRow: usize = 0;
let lineByRow: usize = 0;
let columnByRow: usize = 0;
/** group → class by name alone, script, line, column */
let nameClassByGroup: usize = 0;
let scriptByGroup: usize = 0;
let lineByGroup: usize = 0;
let columnByGroup: usize = 0;
/** The class of the first group; those below tell names alone. */
let firstLocated: u32 = 0;
let groupCapacity: u32 = 0;
/** Closures among the rows, a node and a script each: the first of every script, and few others. */
let closures: usize = 0;
let closureCount: u32 = 0;
/** Scripts whose first closure is listed, at most one for each remainder. */
let remembered: usize = 0;
const REMEMBERED: u32 = 1024;

/** Groups are those of `startGroups`, whose columns of first items and counts are given here for scripts and classes. */
export function startLocations(
  nodes: usize,
  scripts: usize,
  lines: usize,
  columns: usize,
  linesOfGroups: usize,
  columnsOfGroups: usize,
  firstClass: u32,
  capacity: u32,
  closureList: usize,
  scriptTable: usize,
): void {
  nodeByRow = nodes;
  scriptByRow = scripts;
  lineByRow = lines;
  columnByRow = columns;
  nameClassByGroup = countByGroup;
  scriptByGroup = firstByGroup;
  lineByGroup = linesOfGroups;
  columnByGroup = columnsOfGroups;
  firstLocated = firstClass;
  groupCapacity = capacity;
  closures = closureList;
  remembered = scriptTable;
  // of another remainder
  for (let slot: u32 = 0; slot < REMEMBERED; slot++) store<u32>(at(remembered, slot), ~slot);
}

export function closuresFound(): u32 {
  return closureCount;
}

// @ts-ignore: decorator
@inline
function listClosure(node: u32, script: u32): void {
  const place = at(remembered, script % REMEMBERED);
  if (load<u32>(place) == script) return;
  store<u32>(place, script);
  store<u32>(at(closures, 2 * closureCount), node);
  store<u32>(at(closures, 2 * closureCount++ + 1), script);
}

/** Moves the `object` nodes of so many rows into groups of one name and location; false where there are too many groups. */
export function locateNodes(rows: u32, object: u32, closure: u32, classByNode: usize): bool {
  closureCount = 0;
  let last: u32 = NO_CLASS;
  for (let row: u32 = 0; row < rows; row++) {
    const node = load<u32>(at(nodeByRow, row));
    const type = <u32>load<u8>(typeByNode + node);
    if (type == closure) listClosure(node, load<u32>(at(scriptByRow, row)));
    if (type != object) continue;
    let nameClass = load<u32>(at(classByNode, node));
    // an earlier row of this node
    if (nameClass >= firstLocated) nameClass = load<u32>(at(nameClassByGroup, nameClass - firstLocated));
    const script = load<u32>(at(scriptByRow, row));
    const line = load<u32>(at(lineByRow, row));
    const column = load<u32>(at(columnByRow, row));
    // objects of a constructor often follow each other
    if (last == NO_CLASS || !isOfLocation(last, nameClass, script, line, column)) {
      last = groupOfLocation(nameClass, script, line, column);
      if (last == NO_CLASS) return false;
    }
    store<u32>(at(classByNode, node), firstLocated + last);
  }
  return true;
}

// @ts-ignore: decorator
@inline
function isOfLocation(group: u32, nameClass: u32, script: u32, line: u32, column: u32): bool {
  return (
    load<u32>(at(lineByGroup, group)) == line &&
    load<u32>(at(columnByGroup, group)) == column &&
    load<u32>(at(scriptByGroup, group)) == script &&
    load<u32>(at(nameClassByGroup, group)) == nameClass
  );
}

function groupOfLocation(nameClass: u32, script: u32, line: u32, column: u32): u32 {
  const hash = mix(mix(mix(nameClass, script), line), column);
  let slot = hash & slotMask;
  let entry = load<u32>(at(groupBySlot, slot));
  while (entry != EMPTY && !isOfLocation(entry - 1, nameClass, script, line, column)) {
    slot = (slot + 1) & slotMask;
    entry = load<u32>(at(groupBySlot, slot));
  }
  if (entry != EMPTY) return entry - 1;
  if (groupCount == groupCapacity) return NO_CLASS;
  const group = open(slot, script, hash);
  store<u32>(at(nameClassByGroup, group), nameClass);
  store<u32>(at(lineByGroup, group), line);
  store<u32>(at(columnByGroup, group), column);
  return group;
}
