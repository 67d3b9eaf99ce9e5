/** V8's spellings of node types, edge types and special names. No other folder spells them. */

/** Names in `meta.node_types` that change how a node is read. Files may list more; they are kept as they are. */
export const NODE_TYPE = {
  hidden: 'hidden',
  array: 'array',
  string: 'string',
  object: 'object',
  code: 'code',
  closure: 'closure',
  regexp: 'regexp',
  number: 'number',
  native: 'native',
  synthetic: 'synthetic',
  concatenatedString: 'concatenated string',
  slicedString: 'sliced string',
  symbol: 'symbol',
  bigint: 'bigint',
  objectShape: 'object shape',
} as const;

/** Names in `meta.edge_types` that change how an edge is read. */
export const EDGE_TYPE = {
  context: 'context',
  element: 'element',
  property: 'property',
  internal: 'internal',
  hidden: 'hidden',
  shortcut: 'shortcut',
  weak: 'weak',
  invisible: 'invisible',
} as const;

/** Values of the `detachedness` field. */
export const DETACHEDNESS = { unknown: 0, attached: 1, detached: 2 } as const;

/** Raw names that V8 or Blink give to particular nodes. */
export const SPECIAL_NAME = {
  documentDomTrees: '(Document DOM trees)',
  externalStringData: 'system / ExternalStringData',
  arrayBufferData: 'system / JSArrayBufferData',
  nativeContext: 'system / NativeContext',
  mapDescriptors: '(map descriptors)',
  systemPrefix: 'system / ',
  scriptPrefix: 'system / Script / ',
  detachedPrefix: 'Detached ',
  plainObject: 'Object',
  array: 'Array',
  proto: '__proto__',
} as const;

/** Names of edges that give a node its parts. */
export const EDGE_NAME = {
  /** Backing store of an `Array`. */
  elements: 'elements',
  /** Left and right half of a concatenated string. */
  first: 'first',
  second: 'second',
  /** From a closure to its script. */
  shared: 'shared',
  script: 'script',
  scriptOrDebugInfo: 'script_or_debug_info',
  sloppyFunctionMap: 'sloppy_function_map',
  map: 'map',
  nativeContext: 'native_context',
  code: 'code',
  truncated: 'truncated',
} as const;
