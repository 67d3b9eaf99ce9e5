import { NODE_TYPE, SPECIAL_NAME } from '../format/type-names.js';

/** Class names of the node types whose nodes all fall into one class with a name of its own. */
const CLASS_NAME_BY_TYPE: ReadonlyMap<string, string> = new Map([
  [NODE_TYPE.hidden, '(system)'],
  [NODE_TYPE.code, '(compiled code)'],
  [NODE_TYPE.closure, 'Function'],
  [NODE_TYPE.regexp, 'RegExp'],
]);

const NAMED_BY_RAW_NAME: ReadonlySet<string> = new Set([NODE_TYPE.object, NODE_TYPE.native]);

/** The one class of all nodes of a type; `null` for types whose nodes' raw names decide. */
export function classNameOfType(type: string): string | null {
  return NAMED_BY_RAW_NAME.has(type) ? null : (CLASS_NAME_BY_TYPE.get(type) ?? `(${type})`);
}

/**
 * The class of an `object` or `native` node by its raw name: the name itself, but markup loses its attributes:
 * `<div id="a">` → `<div>`, `Detached <div id="a">` → `Detached <div>`.
 */
export function classNameOfRawName(rawName: string): string {
  const tag = rawName.startsWith(SPECIAL_NAME.detachedPrefix) ? SPECIAL_NAME.detachedPrefix.length : 0;
  if (rawName[tag] !== '<') return rawName;
  const attributes = rawName.indexOf(' ', tag);
  return attributes < 0 ? rawName : `${rawName.slice(0, attributes)}>`;
}
