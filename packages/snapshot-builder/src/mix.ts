/** A number of 32 bits that looks random and follows from two others: the finalizer of MurmurHash3. */
export function mix(seed: number, value: number): number {
  let hash = (seed ^ Math.imul(value + 1, 0x9e3779b1)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A row of `count`, the first ones far more often, as names occur in heaps. */
export function skewed(random: number, count: number): number {
  const part = (random >>> 8) / 2 ** 24;
  return Math.floor(part * part * part * count);
}
