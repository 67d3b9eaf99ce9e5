// The inner loops of `naming/`: which properties plain objects have, and the class of every node by type, name and
// interface and location. Columns lie in the memory that the module is given; calls take ranges of nodes, so that the engine can
// change to optimised code between two of them. Text is left to TypeScript, which is asked once for each string.

// @ts-ignore: decorator
@inline
function at(column: usize, ordinal: u32): usize {
  return column + (<usize>ordinal << 2);
}

// @ts-ignore: decorator
@inline
function has(set: usize, ordinal: u32): bool {
  return ((load<u32>(set + ((ordinal >>> 5) << 2)) >>> (ordinal & 31)) & 1) != 0;
}

// @ts-ignore: decorator
@inline
function add(set: usize, ordinal: u32): void {
  const word = set + ((ordinal >>> 5) << 2);
  store<u32>(word, load<u32>(word) | (1 << (ordinal & 31)));
}

// --- the graph

let firstEdgeByNode: usize = 0;
let typeByEdge: usize = 0;
let nameByEdge: usize = 0;
let typeByNode: usize = 0;
let nameByNode: usize = 0;
let propertyType: u32 = 0;
/** The set of the nodes that are plain objects. */
let plainObjects: usize = 0;

export function setGraph(
  firstEdges: usize,
  edgeTypes: usize,
  edgeNames: usize,
  nodeTypes: usize,
  nodeNames: usize,
  property: u32,
  plainSet: usize,
): void {
  firstEdgeByNode = firstEdges;
  typeByEdge = edgeTypes;
  nameByEdge = edgeNames;
  typeByNode = nodeTypes;
  nameByNode = nodeNames;
  propertyType = property;
  plainObjects = plainSet;
}

/**
 * Adds the plain objects among the nodes in [first, last), which are of type `object` and have one of the names, to
 * their set, and the names of their properties to `propertyNames`; the names of the other nodes whose type does not
 * tell their class (`isNamed`: a byte a type) to `classNames`. Returns the number of plain objects.
 */
export function findNames(
  first: u32,
  last: u32,
  object: u32,
  plainNames: usize,
  isNamed: usize,
  propertyNames: usize,
  classNames: usize,
): u32 {
  let count: u32 = 0;
  for (let node = first; node < last; node++) {
    const type = load<u8>(typeByNode + node);
    if (load<u8>(isNamed + type) == 0) continue;
    const name = load<u32>(at(nameByNode, node));
    if (type != object || !has(plainNames, name)) {
      add(classNames, name);
      continue;
    }
    add(plainObjects, node);
    count++;
    const end = load<u32>(at(firstEdgeByNode, node + 1));
    for (let edge = load<u32>(at(firstEdgeByNode, node)); edge < end; edge++) {
      if (load<u8>(typeByEdge + edge) == propertyType) add(propertyNames, load<u32>(at(nameByEdge, edge)));
    }
  }
  return count;
}

// --- groups of equal nodes: see `group-table.ts`

const EMPTY: u32 = 0;
const FIRST_SLOTS: u32 = 2048;

/** slot → group + 1 */
let groupBySlot: usize = 0;
let slotMask: u32 = 0;
let hashByGroup: usize = 0;
let firstByGroup: usize = 0;
let countByGroup: usize = 0;
let groupCount: u32 = 0;

/** No groups yet. Room for as many as there are nodes, and for slots of the power of two above twice as many. */
export function startGroups(slots: usize, hashes: usize, firsts: usize, counts: usize): void {
  groupBySlot = slots;
  hashByGroup = hashes;
  firstByGroup = firsts;
  countByGroup = counts;
  groupCount = 0;
  slotMask = FIRST_SLOTS - 1;
  memory.fill(slots, 0, <usize>FIRST_SLOTS << 2);
}

export function groupsFound(): u32 {
  return groupCount;
}

function grow(): void {
  const slots = (slotMask + 1) << 1;
  slotMask = slots - 1;
  memory.fill(groupBySlot, 0, <usize>slots << 2);
  for (let group: u32 = 0; group < groupCount; group++) {
    let slot = load<u32>(at(hashByGroup, group)) & slotMask;
    while (load<u32>(at(groupBySlot, slot)) != EMPTY) slot = (slot + 1) & slotMask;
    store<u32>(at(groupBySlot, slot), group + 1);
  }
}

/** Opens a group at a slot that is empty. `node`: its first item. */
function open(slot: u32, node: u32, hash: u32): u32 {
  const group = groupCount++;
  store<u32>(at(groupBySlot, slot), group + 1);
  store<u32>(at(hashByGroup, group), hash);
  store<u32>(at(firstByGroup, group), node);
  store<u32>(at(countByGroup, group), 1);
  if (groupCount << 1 > slotMask) grow();
  return group;
}

// @ts-ignore: decorator
@inline
function mix(hash: u32, value: u32): u32 {
  const mixed = (hash ^ value) * 0x9e3779b1;
  return mixed ^ (mixed >>> 15);
}

// --- candidates for interfaces: see `interfaces.ts`

const MAX_NAME_LENGTH: u32 = 120;
const LEFT_OUT: u32 = 255;
/** Every property but empty ones at the start, which are no part of the key, takes two units or more. */
const MAX_KEY: usize = 64;
let ownKey: usize = 0;
let otherKey: usize = 0;

/** string → printed length + 1, or `LEFT_OUT` */
let lengthByString: usize = 0;
/** string → one string for each text */
let canonicalByString: usize = 0;
let keyLength: u32 = 0;

/** `keys`: room for two keys. */
export function setPropertyNames(lengths: usize, canonical: usize, keys: usize): void {
  lengthByString = lengths;
  canonicalByString = canonical;
  ownKey = keys;
  otherKey = keys + (MAX_KEY << 2);
}

/** Writes the key of a node to `key`, its length to `keyLength`; false where the node has no properties. */
function readKey(node: u32, key: usize): bool {
  let isCandidate = false;
  let length: u32 = 1;
  keyLength = 0;
  const end = load<u32>(at(firstEdgeByNode, node + 1));
  for (let edge = load<u32>(at(firstEdgeByNode, node)); edge < end; edge++) {
    if (load<u8>(typeByEdge + edge) != propertyType) continue;
    const name = load<u32>(at(nameByEdge, edge));
    const known = <u32>load<u8>(lengthByString + name);
    if (known == LEFT_OUT) continue;
    const printed = known - 1;
    const isFirst = length == 1;
    if (!isFirst && length + printed > MAX_NAME_LENGTH) break;
    isCandidate = true;
    length += isFirst ? printed : 2 + printed;
    if (isFirst && printed == 0) continue;
    store<u32>(at(key, keyLength++), load<u32>(at(canonicalByString, name)));
  }
  return isCandidate;
}

/** Groups the plain objects among the nodes in [first, last) by their keys, and counts them. */
export function groupCandidates(first: u32, last: u32): void {
  for (let node = first; node < last; node++) {
    if (!has(plainObjects, node) || !readKey(node, ownKey)) continue;
    const length = keyLength;
    let hash: u32 = 0;
    for (let i: u32 = 0; i < length; i++) hash = mix(hash, load<u32>(at(ownKey, i)));
    let slot = hash & slotMask;
    let entry = load<u32>(at(groupBySlot, slot));
    while (entry != EMPTY && !isOfCandidate(entry - 1, hash, length)) {
      slot = (slot + 1) & slotMask;
      entry = load<u32>(at(groupBySlot, slot));
    }
    if (entry == EMPTY) open(slot, node, hash);
    else store<u32>(at(countByGroup, entry - 1), load<u32>(at(countByGroup, entry - 1)) + 1);
  }
}

function isOfCandidate(group: u32, hash: u32, length: u32): bool {
  if (load<u32>(at(hashByGroup, group)) != hash) return false;
  readKey(load<u32>(at(firstByGroup, group)), otherKey);
  if (keyLength != length) return false;
  for (let i: u32 = 0; i < length; i++) {
    if (load<u32>(at(ownKey, i)) != load<u32>(at(otherKey, i))) return false;
  }
  return true;
}

// --- which interface a plain object joins

/** string → property number + 1 where an interface has the property, else 0 */
let propertyByString: usize = 0;

export function setProperties(properties: usize): void {
  propertyByString = properties;
}

/** The next property at `edge` or behind that counts, in the high half with the edge behind it; 0 where there is none. */
// @ts-ignore: decorator
@inline
function nextProperty(edge: u32, end: u32): u64 {
  for (let next = edge; next < end; next++) {
    if (load<u8>(typeByEdge + next) != propertyType) continue;
    const property = load<u32>(at(propertyByString, load<u32>(at(nameByEdge, next))));
    if (property != 0) return (<u64>property << 32) | (next + 1);
  }
  return 0;
}

/** Groups the plain objects among the nodes in [first, last) by their properties that count; node → group. */
export function groupByProperties(first: u32, last: u32, groupByNode: usize): void {
  for (let node = first; node < last; node++) {
    if (!has(plainObjects, node)) continue;
    const end = load<u32>(at(firstEdgeByNode, node + 1));
    let hash: u32 = 0;
    let found = nextProperty(load<u32>(at(firstEdgeByNode, node)), end);
    while (found != 0) {
      hash = mix(hash, <u32>(found >> 32));
      found = nextProperty(<u32>found, end);
    }
    let slot = hash & slotMask;
    let entry = load<u32>(at(groupBySlot, slot));
    while (entry != EMPTY && !hasSameProperties(entry - 1, hash, node)) {
      slot = (slot + 1) & slotMask;
      entry = load<u32>(at(groupBySlot, slot));
    }
    store<u32>(at(groupByNode, node), entry == EMPTY ? open(slot, node, hash) : entry - 1);
  }
}

function hasSameProperties(group: u32, hash: u32, node: u32): bool {
  if (load<u32>(at(hashByGroup, group)) != hash) return false;
  const other = load<u32>(at(firstByGroup, group));
  const end = load<u32>(at(firstEdgeByNode, node + 1));
  const otherEnd = load<u32>(at(firstEdgeByNode, other + 1));
  let own = load<u32>(at(firstEdgeByNode, node));
  let compared = load<u32>(at(firstEdgeByNode, other));
  while (true) {
    const a = nextProperty(own, end);
    const b = nextProperty(compared, otherEnd);
    if (a >> 32 != b >> 32) return false;
    if (a == 0) return true;
    own = <u32>a;
    compared = <u32>b;
  }
}

// --- classes

const NO_CLASS: u32 = 0xffffffff;

/**
 * The classes of the nodes in [first, last): by type (`NO_CLASS` where the type does not tell), of plain objects by
 * their group, which `classByNode` holds, of others by name.
 */
export function assignClasses(
  first: u32,
  last: u32,
  classByNode: usize,
  classByType: usize,
  classByGroup: usize,
  classByString: usize,
): void {
  for (let node = first; node < last; node++) {
    let ofNode = load<u32>(at(classByType, load<u8>(typeByNode + node)));
    if (ofNode == NO_CLASS) {
      ofNode = has(plainObjects, node)
        ? load<u32>(at(classByGroup, load<u32>(at(classByNode, node))))
        : load<u32>(at(classByString, load<u32>(at(nameByNode, node))));
    }
    store<u32>(at(classByNode, node), ofNode);
  }
}

// --- classes by name and location: see `split-by-location.ts`

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

// --- classes in the order of their first nodes

/** Renumbers the classes of the nodes in [first, last): `ordinals` has `NO_CLASS` for those not met yet. */
export function numberClasses(first: u32, last: u32, classByNode: usize, ordinals: usize, met: u32): u32 {
  let count = met;
  for (let node = first; node < last; node++) {
    const place = at(ordinals, load<u32>(at(classByNode, node)));
    let ordinal = load<u32>(place);
    if (ordinal == NO_CLASS) {
      ordinal = count++;
      store<u32>(place, ordinal);
    }
    store<u32>(at(classByNode, node), ordinal);
  }
  return count;
}
