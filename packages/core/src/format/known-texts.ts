import { EDGE_NAME, SPECIAL_NAME } from './type-names.js';

/** What analyses look for in the string table by its whole text; up to 63 bytes of ASCII each. */
export const KNOWN_TEXTS: readonly string[] = [
  SPECIAL_NAME.documentDomTrees,
  SPECIAL_NAME.externalStringData,
  SPECIAL_NAME.arrayBufferData,
  SPECIAL_NAME.nativeContext,
  SPECIAL_NAME.mapDescriptors,
  SPECIAL_NAME.plainObject,
  SPECIAL_NAME.array,
  ...Object.values(EDGE_NAME),
];
