// The kernel of weak-map-edges.ts.
import { add, at } from '@heapstream/core/assembly/bits';
import { EMPTY, firstByGroup, groupBySlot, hashByGroup, open, slotMask } from '@heapstream/core/assembly/groups';
import { areEqualTexts, hashOfText } from '@heapstream/core/assembly/text';
import { firstEdgeByNode, nodeCount } from './graph';

export { groupsFound, startGroups } from '@heapstream/core/assembly/groups';

const AT: u32 = 0x40;
const SPACE: u32 = 0x20;
const CLOSING: u32 = 0x29;
/** A number of so many digits is exact as a double, and in 64 bits. */
const MAX_DIGITS: usize = 15;

let bytes: usize = 0;
let startByString: usize = 0;
/** ` / part of key (`, `) -> value (` and `) pair in WeakMap (table @`, and their lengths. */
let keyText: usize = 0;
let valueText: usize = 0;
let tableText: usize = 0;
let keyLength: usize = 0;
let valueLength: usize = 0;
let tableLength: usize = 0;

export function startEntryNames(
  stringBytes: usize,
  starts: usize,
  key: usize,
  keyBytes: usize,
  value: usize,
  valueBytes: usize,
  table: usize,
  tableBytes: usize,
): void {
  bytes = stringBytes;
  startByString = starts;
  keyText = key;
  keyLength = keyBytes;
  valueText = value;
  valueLength = valueBytes;
  tableText = table;
  tableLength = tableBytes;
  lastSource = 0;
}

// @ts-ignore: decorator
@inline
function isDigit(place: usize): bool {
  return <u32>load<u8>(place) - 0x30 < 10;
}

/** Where the digits end that begin at `from`. */
function skipDigits(from: usize, end: usize): usize {
  let place = from;
  while (place < end && isDigit(place)) place++;
  return place;
}

/** Where the digits begin that end at `end`. */
function digitsBefore(end: usize, first: usize): usize {
  let place = end;
  while (place > first && isDigit(place - 1)) place--;
  return place;
}

/** Where ` @` and the digits that end at `end` begin, behind `first` or there; 0 where they are not. */
function idBefore(end: usize, first: usize): usize {
  const digits = digitsBefore(end, first);
  if (digits == end || digits < first + 2) return 0;
  return load<u8>(digits - 1) == AT && load<u8>(digits - 2) == SPACE ? digits - 2 : 0;
}

/** What `.` of a regular expression leaves out. */
function hasLineEnd(from: usize, end: usize): bool {
  for (let place = from; place < end; place++) {
    const byte = load<u8>(place);
    if (byte == 0x0a || byte == 0x0d) return true;
    // U+2028 and U+2029
    if (byte == 0xe2 && place + 2 < end && load<u8>(place + 1) == 0x80 && (load<u8>(place + 2) & 0xfe) == 0xa8) return true;
  }
  return false;
}

/** The digits of the table's id, where the text from behind the edge's own number on is that of an entry's edge; else 0. */
function tableDigits(text: usize, end: usize): usize {
  if (end - text < keyLength + tableLength || !areEqualTexts(text, keyText, keyLength)) return 0;
  const first = text + keyLength;
  if (load<u8>(end - 1) != CLOSING) return 0;
  const digits = digitsBefore(end - 1, first);
  if (digits == end - 1 || digits < first + tableLength) return 0;
  const valueEnd = digits - tableLength;
  if (!areEqualTexts(valueEnd, tableText, tableLength)) return 0;
  const lastId = idBefore(valueEnd, first);
  if (lastId == 0) return 0;
  for (let place = first; place + valueLength <= lastId; place++) {
    if (load<u8>(place) != CLOSING || !areEqualTexts(place, valueText, valueLength)) continue;
    if (idBefore(place, first) != 0) return hasLineEnd(first, end) ? 0 : digits;
  }
  return 0;
}

/**
 * Adds the strings in [first, last), or those at these places of a list, that name an entry's edge to `names`; string → entry,
 * and entry → id of the table. False where a table's id has too many digits. `list`: 0 where there is none.
 */
export function findEntryNames(
  first: u32,
  last: u32,
  list: usize,
  leastLength: u32,
  names: usize,
  entryByString: usize,
  tableIdByEntry: usize,
): bool {
  for (let place = first; place < last; place++) {
    const string = list == 0 ? place : load<u32>(at(list, place));
    const start = load<u32>(at(startByString, string));
    const length = load<u32>(at(startByString, string + 1)) - start;
    // most end here
    if (length < leastLength || !isDigit(bytes + start)) continue;
    const end = bytes + start + length;
    const text = skipDigits(bytes + start, end);
    const digits = tableDigits(text, end);
    if (digits == 0) continue;
    if (end - 1 - digits > MAX_DIGITS) return false;
    let id: u64 = 0;
    for (let digit = digits; digit < end - 1; digit++) id = id * 10 + (load<u8>(digit) - 0x30);
    const entry = entryOf(string, text, end - text);
    store<f64>(tableIdByEntry + (<usize>entry << 3), <f64>id);
    store<u32>(at(entryByString, string), entry);
    add(names, string);
  }
  return true;
}

/** Edges of an entry share the text behind their own numbers. */
function entryOf(string: u32, text: usize, length: usize): u32 {
  const hash = hashOfText(text, length);
  let slot = hash & slotMask;
  let entry = load<u32>(at(groupBySlot, slot));
  while (entry != EMPTY) {
    if (load<u32>(at(hashByGroup, entry - 1)) == hash && isTextOf(load<u32>(at(firstByGroup, entry - 1)), text, length)) {
      return entry - 1;
    }
    slot = (slot + 1) & slotMask;
    entry = load<u32>(at(groupBySlot, slot));
  }
  return open(slot, string, hash);
}

function isTextOf(string: u32, text: usize, length: usize): bool {
  const end = bytes + load<u32>(at(startByString, string + 1));
  const other = skipDigits(bytes + load<u32>(at(startByString, string)), end);
  return end - other == length && areEqualTexts(other, text, length);
}

let lastSource: u32 = 0;

/** Of so many edges, ascending over all calls: sources, entries, and whether they come from the entry's table. */
export function describeEntryEdges(
  count: u32,
  edges: usize,
  nameByEdge: usize,
  idByNode: usize,
  entryByString: usize,
  tableIdByEntry: usize,
  sources: usize,
  entries: usize,
  isFromTable: usize,
): void {
  for (let index: u32 = 0; index < count; index++) {
    const edge = load<u32>(at(edges, index));
    const source = sourceOf(edge);
    const entry = load<u32>(at(entryByString, load<u32>(at(nameByEdge, edge))));
    store<u32>(at(sources, index), source);
    store<u32>(at(entries, index), entry);
    const id = <f64>load<u32>(at(idByNode, source));
    store<u8>(isFromTable + index, <u8>(id == load<f64>(tableIdByEntry + (<usize>entry << 3))));
    lastSource = source;
  }
}

/** The last node whose first edge is not behind the given one; not before the last source. */
function sourceOf(edge: u32): u32 {
  let low = lastSource;
  let high = low + 1;
  for (let step: u32 = 2; high < nodeCount && load<u32>(at(firstEdgeByNode, high)) <= edge; step <<= 1) {
    low = high;
    high = min(low + step, nodeCount);
  }
  while (low + 1 < high) {
    const middle = low + ((high - low) >>> 1);
    if (load<u32>(at(firstEdgeByNode, middle)) <= edge) low = middle;
    else high = middle;
  }
  return low;
}
