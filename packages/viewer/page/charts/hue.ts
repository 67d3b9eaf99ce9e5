const HUES = 8;

/** Classes of the system's own, which have no colour. */
const SYSTEM_CLASS = /^\(|^system \//;

/** The class for the colour of a class of objects: the system's are grey. */
export function hueClassOf(className: string): string {
  return SYSTEM_CLASS.test(className) ? 'hue-system' : `hue-${hueOf(className)}`;
}

/** One of a few colours for a name, always the same. */
function hueOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return Math.abs(hash) % HUES;
}
