/**
 * Where a non-negative integer goes in a hash table of 2 ** `bits` slots (1 to 32): the highest bits of a product, as in
 * Fibonacci hashing, so that a table of any size is filled all over. Integers of 2³² and more differ in their high part
 * too.
 */
export function slotOfValue(value: number, bits: number): number {
  const folded = (value >>> 0) ^ Math.imul((value / 4294967296) >>> 0, 0x85ebca6b);
  return Math.imul(folded, 0x9e3779b1) >>> (32 - bits);
}
