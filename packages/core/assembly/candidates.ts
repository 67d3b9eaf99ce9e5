// Candidates for interfaces: see `interfaces.ts`. Text is left to TypeScript, which is asked once for each string.
import { at } from './bits';
import { countByGroup, EMPTY, firstByGroup, groupBySlot, hashByGroup, mix, open, slotMask } from './groups';
import { firstEdgeByNode, nameByEdge, propertyType, typeByEdge } from './named-graph';

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

/** Groups the shapes in [first, last) by their keys, and counts their objects. */
export function groupCandidates(first: u32, last: u32, firstByShape: usize, countByShape: usize): void {
  for (let shape = first; shape < last; shape++) {
    const node = load<u32>(at(firstByShape, shape));
    if (!readKey(node, ownKey)) continue;
    const length = keyLength;
    let hash: u32 = 0;
    for (let i: u32 = 0; i < length; i++) hash = mix(hash, load<u32>(at(ownKey, i)));
    let slot = hash & slotMask;
    let entry = load<u32>(at(groupBySlot, slot));
    while (entry != EMPTY && !isOfCandidate(entry - 1, hash, length)) {
      slot = (slot + 1) & slotMask;
      entry = load<u32>(at(groupBySlot, slot));
    }
    const earlier = entry == EMPTY ? 0 : load<u32>(at(countByGroup, entry - 1));
    const group = entry == EMPTY ? open(slot, node, hash) : entry - 1;
    store<u32>(at(countByGroup, group), earlier + load<u32>(at(countByShape, shape)));
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
