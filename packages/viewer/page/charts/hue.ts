const HUES = 8;

/** One of a few colours for a name, always the same: the class `hue-<number>`. */
export function hueOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return Math.abs(hash) % HUES;
}
