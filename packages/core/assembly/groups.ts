// Groups of equal items, in an open-addressing table: see `group-table.ts`. One table, which others fill one after the other.
import { at } from './bits';

export const EMPTY: u32 = 0;
const FIRST_SLOTS: u32 = 2048;

/** slot → group + 1 */
export let groupBySlot: usize = 0;
export let slotMask: u32 = 0;
export let hashByGroup: usize = 0;
export let firstByGroup: usize = 0;
export let countByGroup: usize = 0;
export let groupCount: u32 = 0;

/** No groups yet. Room for as many as there may be items, and for slots of the power of two above twice as many. */
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

/** Opens a group of one item at a slot that is empty. */
export function open(slot: u32, item: u32, hash: u32): u32 {
  const group = groupCount++;
  store<u32>(at(groupBySlot, slot), group + 1);
  store<u32>(at(hashByGroup, group), hash);
  store<u32>(at(firstByGroup, group), item);
  store<u32>(at(countByGroup, group), 1);
  if (groupCount << 1 > slotMask) grow();
  return group;
}

// @ts-ignore: decorator
@inline
export function mix(hash: u32, value: u32): u32 {
  const mixed = (hash ^ value) * 0x9e3779b1;
  return mixed ^ (mixed >>> 15);
}
