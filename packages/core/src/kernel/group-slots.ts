/** As `startGroups` of `assembly/groups.ts` begins. */
const FIRST_SLOTS = 2048;

/** Slots that the hash table of a kernel takes for so many items at most. */
export function groupSlots(items: number): number {
  let slots = FIRST_SLOTS;
  while (slots <= 2 * items) slots *= 2;
  return slots;
}
