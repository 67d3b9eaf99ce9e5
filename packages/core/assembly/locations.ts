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
}

/** Moves the `object` nodes of so many rows into groups of one name and location; false where there are too many groups. */
export function locateNodes(rows: u32, object: u32, classByNode: usize): bool {
  let last: u32 = NO_CLASS;
  for (let row: u32 = 0; row < rows; row++) {
    const node = load<u32>(at(nodeByRow, row));
    if (load<u8>(typeByNode + node) != object) continue;
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
