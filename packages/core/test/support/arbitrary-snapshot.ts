import fc from 'fast-check';

/**
 * Random valid snapshots, random ways to write them, random ways to cut the bytes. Three independent choices:
 *
 *   arbitrarySnapshot()            a document, as `JSON.parse` would give it
 *   arbitraryFormatting()          a function document → text; every text parses back to the document
 *   arbitraryChunking()            a function bytes → pieces that join to the bytes
 *
 * and `arbitraryWrittenSnapshot()`, all three together.
 */

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

export interface WrittenSnapshot {
  document: JsonObject;
  text: string;
  /** The UTF-8 bytes of `text`. */
  bytes: Uint8Array;
  /** The same bytes in pieces, empty ones among them. */
  chunks: Uint8Array[];
}

export function arbitraryWrittenSnapshot(): fc.Arbitrary<WrittenSnapshot> {
  return fc
    .tuple(arbitrarySnapshot(), arbitraryFormatting(), arbitraryChunking())
    .map(([document, format, chunk]) => {
      const text = format(document);
      const bytes = new TextEncoder().encode(text);
      return { document, text, bytes, chunks: chunk(bytes) };
    });
}

// Values

const TWO_TO_32 = 2 ** 32;

/** Non-negative safe integers, with a liking for the places where 31, 32 and 53 bits end. */
export function arbitraryWideInteger(max = Number.MAX_SAFE_INTEGER): fc.Arbitrary<number> {
  const near = (value: number) => fc.integer({ min: -3, max: 3 }).map((offset) => value + offset);
  return fc
    .oneof(
      { weight: 6, arbitrary: fc.nat(10_000) },
      { weight: 1, arbitrary: near(2 ** 31) },
      { weight: 1, arbitrary: near(TWO_TO_32) },
      { weight: 1, arbitrary: fc.maxSafeNat() },
      { weight: 1, arbitrary: fc.constant(Number.MAX_SAFE_INTEGER) },
    )
    .map((value) => Math.min(value, max));
}

/** Any JavaScript string: lone surrogates, astral and control characters, quotes, long ones. */
export function arbitraryText(): fc.Arbitrary<string> {
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  return fc.oneof(
    fc.string({ unit: 'grapheme-ascii' }),
    fc.string({ unit: 'binary' }),
    fc.string({ unit }),
    fc.constantFrom('', '"', '\\', '\\"', '\\u0041', '\0', '\u007f\u0080', '\u2028\u2029', '\ufeff', '/'),
    fc.constantFrom('\ud800', '\udc00', '\udc00\ud800', '😀', '\ud83d😀\ude00', '],"nodes":[', '🇩🇪é'),
    fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 300 })).map(repeatText),
  );
}

function repeatText([text, times]: [string, number]): string {
  return text.repeat(times);
}

// Documents

const KNOWN_NODE_TYPES = [
  ...['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native', 'synthetic'],
  ...['concatenated string', 'sliced string', 'symbol', 'bigint', 'object shape', 'wasm object'],
];
const KNOWN_EDGE_TYPES = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
  'invisible',
];

interface Columns {
  nodeFields: string[];
  edgeFields: string[];
  locationFields: string[];
  nodeTypes: string[];
  edgeTypes: string[];
}

/** One node before it has a row: its targets are ordinals modulo the number of nodes. */
interface NodeDraft {
  type: number;
  name: number;
  selfSize: number;
  traceNodeId: number;
  detachedness: number;
  unknown: number;
  edges: { type: number; name: number; index: number; to: number; unknown: number }[];
}

/**
 * A valid snapshot with any columns, types, sections and order of keys. Header counts are hints, so some are
 * wrong.
 */
export function arbitrarySnapshot(): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(arbitraryColumns(), fc.array(arbitraryText(), { minLength: 1, maxLength: 12 }))
    .chain(([columns, strings]) =>
      fc
        .uniqueArray(arbitraryWideInteger(), { minLength: 1, maxLength: 14 })
        .chain((ids) =>
          fc
            .array(arbitraryNode(strings.length), { minLength: ids.length, maxLength: ids.length })
            .chain((nodes) => arbitraryDocument(columns, strings, ids, nodes)),
        ),
    );
}

function arbitraryColumns(): fc.Arbitrary<Columns> {
  const unknownFields = fc.subarray(['x_flags', 'x_age']);
  const typeList = (known: string[]) =>
    fc
      .tuple(fc.shuffledSubarray(known, { minLength: 1 }), fc.subarray(['x type', 'Ünknown "type"']))
      .map(([some, unknown]) => [...some, ...unknown]);
  const fields = (required: string[], optional: string[]) =>
    fc
      .tuple(fc.subarray(optional), unknownFields)
      .chain(([some, unknown]) => shuffled([...required, ...some, ...unknown]));
  return fc.record({
    nodeFields: fields(['type', 'name', 'id', 'self_size', 'edge_count'], ['trace_node_id', 'detachedness']),
    edgeFields: fields(['type', 'name_or_index', 'to_node'], []),
    locationFields: fields(['object_index', 'script_id', 'line', 'column'], ['script_object_index']),
    nodeTypes: typeList(KNOWN_NODE_TYPES),
    edgeTypes: typeList(KNOWN_EDGE_TYPES),
  });
}

function arbitraryNode(stringCount: number): fc.Arbitrary<NodeDraft> {
  const edge = fc.record({
    type: fc.nat(),
    name: fc.nat(stringCount - 1),
    index: arbitraryWideInteger(),
    to: fc.nat(),
    unknown: arbitraryWideInteger(),
  });
  return fc.record({
    type: fc.nat(),
    name: fc.nat(stringCount - 1),
    selfSize: arbitraryWideInteger(2 ** 45),
    traceNodeId: fc.nat(50),
    detachedness: fc.nat(2),
    unknown: arbitraryWideInteger(),
    edges: fc.array(edge, { maxLength: 5 }),
  });
}

function arbitraryDocument(
  columns: Columns,
  strings: string[],
  ids: number[],
  nodes: NodeDraft[],
): fc.Arbitrary<JsonObject> {
  const { nodeFields, edgeFields, nodeTypes, edgeTypes } = columns;
  const nodeRows = nodes.flatMap((node, ordinal) =>
    pickColumns(nodeFields, node.unknown, {
      type: node.type % nodeTypes.length,
      name: node.name,
      id: ids[ordinal]!,
      self_size: node.selfSize,
      edge_count: node.edges.length,
      trace_node_id: node.traceNodeId,
      detachedness: node.detachedness,
    }),
  );
  const edges = nodes.flatMap((node) => node.edges);
  const edgeRows = edges.flatMap((edge) => {
    const type = edge.type % edgeTypes.length;
    const isNumbered = edgeTypes[type] === 'element' || edgeTypes[type] === 'hidden';
    return pickColumns(edgeFields, edge.unknown, {
      type,
      name_or_index: isNumbered ? edge.index : edge.name,
      to_node: (edge.to % nodes.length) * nodeFields.length,
    });
  });
  return fc
    .record({
      header: arbitraryHeader(columns, nodes.length, edges.length),
      optional: arbitraryOptionalSections(columns, strings.length, nodes.length),
      unknown: fc.dictionary(
        fc.constantFrom('x_extra', 'nodes_2', 'Edges', 'snapshot2'),
        arbitraryAnything(),
        {
          maxKeys: 2,
        },
      ),
    })
    .chain(({ header, optional, unknown }) =>
      arbitraryKeyOrder({
        snapshot: header,
        nodes: nodeRows,
        edges: edgeRows,
        ...optional,
        ...unknown,
        strings,
      }),
    );
}

function arbitraryHeader(columns: Columns, nodeCount: number, edgeCount: number): fc.Arbitrary<JsonObject> {
  const { nodeFields, edgeFields, locationFields, nodeTypes, edgeTypes } = columns;
  const meta: JsonObject = {
    node_fields: nodeFields,
    node_types: nodeFields.map((field) => {
      if (field === 'type') return nodeTypes;
      return field === 'name' ? 'string' : 'number';
    }),
    edge_fields: edgeFields,
    edge_types: edgeFields.map((field) => {
      if (field === 'type') return edgeTypes;
      if (field === 'name_or_index') return 'string_or_number';
      return field === 'to_node' ? 'node' : 'number';
    }),
    trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
    trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
    sample_fields: ['timestamp_us', 'last_assigned_id'],
    location_fields: locationFields,
    scope_fields: ['script_node_index', 'scope_id', 'depth', 'scope_context_vars_count', 'scope_uses_count'],
    scope_context_var_fields: ['name'],
    scope_use_fields: ['declaring_scope_id', 'slot_index'],
  };
  const count = (right: number) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(right) }, fc.constantFrom(0, 2 ** 40));
  const lastNode = (nodeCount - 1) * nodeFields.length;
  return fc
    .tuple(
      arbitraryKeyOrder(meta),
      fc.record(
        {
          node_count: count(nodeCount),
          edge_count: count(edgeCount),
          trace_function_count: fc.nat(3),
          extra_native_bytes: arbitraryWideInteger(2 ** 45),
          root_index: fc.constantFrom(0, lastNode),
          x_header: arbitraryAnything(),
        },
        { requiredKeys: [] },
      ),
    )
    .chain(([orderedMeta, rest]) => arbitraryKeyOrder({ meta: orderedMeta, ...rest }));
}

/** Each section is absent, null, empty or filled. */
function arbitraryOptionalSections(
  columns: Columns,
  stringCount: number,
  nodeCount: number,
): fc.Arbitrary<JsonObject> {
  const nodeOffset = fc.nat(nodeCount - 1).map((ordinal) => ordinal * columns.nodeFields.length);
  const position = fc.nat(100_000);
  const string = fc.nat(stringCount - 1);
  const location = fc
    .record({ node: nodeOffset, scriptId: position, line: position, column: position, unknown: nodeOffset })
    .map((spec) =>
      pickColumns(columns.locationFields, spec.unknown, {
        object_index: spec.node,
        script_id: spec.scriptId,
        line: spec.line,
        column: spec.column,
      }),
    );
  const section = (row: fc.Arbitrary<number[]>, maxLength = 6) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.array(row, { maxLength }).map((rows) => rows.flat()) },
      { weight: 1, arbitrary: fc.constant(null) },
    );

  const withTraces = fc.integer({ min: 1, max: 5 }).chain((functionCount) =>
    fc.record({
      trace_function_infos: fc
        .array(fc.tuple(position, string, string, position, position, position), {
          minLength: functionCount,
          maxLength: functionCount,
        })
        .map((rows) => rows.flat()),
      trace_tree: arbitraryTraceTree(functionCount),
    }),
  );
  const withoutTraces = fc.record(
    { trace_function_infos: fc.constantFrom(null, []), trace_tree: fc.constantFrom(null, []) },
    { requiredKeys: [] },
  );
  const flatSections = fc.record(
    {
      samples: section(fc.tuple(arbitraryWideInteger(), arbitraryWideInteger())),
      locations: section(location),
    },
    { requiredKeys: [] },
  );
  return fc
    .tuple(
      flatSections,
      fc.oneof(withTraces, withoutTraces),
      fc.oneof(fc.constant({}), arbitraryScopes(nodeOffset, string)),
    )
    .map(([flat, traces, scopes]) => ({ ...flat, ...traces, ...scopes }) as JsonObject);
}

/** Three sections that belong together; scope ids may be negative, which no other section's numbers are. */
function arbitraryScopes(
  nodeOffset: fc.Arbitrary<number>,
  string: fc.Arbitrary<number>,
): fc.Arbitrary<JsonObject> {
  const scopeId = fc.integer({ min: -2, max: 5000 });
  const scope = fc.record({
    script: nodeOffset,
    id: scopeId,
    depth: fc.nat(20),
    variables: fc.array(string, { maxLength: 3 }),
    uses: fc.array(fc.tuple(scopeId, fc.nat(9)), { maxLength: 3 }),
  });
  return fc.array(scope, { maxLength: 5 }).map((scopes) => ({
    scopes: scopes.flatMap(({ script, id, depth, variables, uses }) => [
      ...[script, id, depth],
      ...[variables.length, uses.length],
    ]),
    scope_context_vars: scopes.flatMap((each) => each.variables),
    scope_uses: scopes.flatMap((each) => each.uses.flat()),
  }));
}

function arbitraryTraceTree(functionCount: number): fc.Arbitrary<JsonValue[]> {
  const { tree } = fc.letrec<{ tree: JsonValue[]; children: JsonValue[] }>((tie) => ({
    tree: fc
      .tuple(
        fc.nat(1000),
        fc.nat(functionCount - 1),
        fc.nat(1000),
        arbitraryWideInteger(2 ** 45),
        tie('children'),
      )
      .map((row) => [...row]),
    children: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constant<JsonValue[]>([]),
      fc.array(tie('tree'), { maxLength: 3 }).map((rows) => rows.flat()),
    ),
  }));
  return tree;
}

/** What unknown keys may hold. Through JSON once: it has no minus zero. */
function arbitraryAnything(): fc.Arbitrary<JsonValue> {
  return fc
    .jsonValue({ maxDepth: 3, stringUnit: 'binary' })
    .map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
}

function arbitraryKeyOrder(object: JsonObject): fc.Arbitrary<JsonObject> {
  return fc.oneof(
    fc.constant(object),
    shuffled(Object.keys(object)).map((keys) => Object.fromEntries(keys.map((key) => [key, object[key]!]))),
  );
}

function shuffled<Item>(items: Item[]): fc.Arbitrary<Item[]> {
  return fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length });
}

function pickColumns(
  fields: readonly string[],
  unknown: number,
  values: Partial<Record<string, number>>,
): number[] {
  return fields.map((field) => values[field] ?? unknown);
}

// Formatting

interface FormattingChoices {
  seed: number;
  /** How often whitespace stands where it may, 0 to 1. */
  gapRate: number;
  /** How often a character is escaped that need not be, 0 to 1; keys too. */
  escapeRate: number;
}

/**
 * Writes a document with random whitespace and random escapes. Shrinks towards the text of `JSON.stringify`.
 */
export function arbitraryFormatting(): fc.Arbitrary<(document: JsonValue) => string> {
  return fc
    .record({
      seed: fc.nat(),
      gapRate: fc.constantFrom(0, 0.02, 0.5, 1),
      escapeRate: fc.constantFrom(0, 0.1, 1),
    })
    .map((choices) => {
      const format = (document: JsonValue) => new RandomFormatter(choices).format(document);
      return Object.assign(format, { [fc.toStringMethod]: () => `format(${JSON.stringify(choices)})` });
    });
}

const GAP_CHARACTERS = [' ', '\n', '\t', '\r', '\r\n', '  '];
const SHORT_ESCAPES: Partial<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

class RandomFormatter {
  readonly #choices: FormattingChoices;
  #state: number;

  constructor(choices: FormattingChoices) {
    this.#choices = choices;
    this.#state = choices.seed;
  }

  format(document: JsonValue): string {
    return this.#gap() + this.#value(document) + this.#gap();
  }

  #value(value: JsonValue): string {
    if (typeof value === 'string') return this.#string(value);
    if (Array.isArray(value))
      return this.#enclose(
        '[',
        value.map((item) => this.#value(item)),
        ']',
      );
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const entries = Object.entries(value).map(
      ([key, item]) => `${this.#string(key)}${this.#gap()}:${this.#gap()}${this.#value(item)}`,
    );
    return this.#enclose('{', entries, '}');
  }

  #enclose(open: string, items: string[], close: string): string {
    const spaced = items.map((item) => this.#gap() + item + this.#gap());
    return open + (items.length === 0 ? this.#gap() : spaced.join(',')) + close;
  }

  /** Both halves of a pair are escaped or neither is; a lone surrogate always: UTF-8 has no form for it. */
  #string(text: string): string {
    let quoted = '"';
    for (const character of text) {
      const code = character.codePointAt(0)!;
      const mustEscape =
        code < 0x20 || character === '"' || character === '\\' || (code >= 0xd800 && code < 0xe000);
      quoted += mustEscape || this.#happens(this.#choices.escapeRate) ? this.#escape(character) : character;
    }
    return `${quoted}"`;
  }

  #escape(character: string): string {
    const short = SHORT_ESCAPES[character];
    if (short !== undefined && this.#happens(0.7)) return short;
    return Array.from({ length: character.length }, (_, at) => {
      const hex = character.charCodeAt(at).toString(16).padStart(4, '0');
      return `\\u${this.#happens(0.5) ? hex.toUpperCase() : hex}`;
    }).join('');
  }

  #gap(): string {
    let gap = '';
    while (this.#happens(this.#choices.gapRate) && gap.length < 4) {
      gap += GAP_CHARACTERS[Math.floor(this.#random() * GAP_CHARACTERS.length)]!;
    }
    return gap;
  }

  #happens(rate: number): boolean {
    return rate > 0 && this.#random() < rate;
  }

  /** Mulberry32: small, seeded, good enough to scatter spaces. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32;
  }
}

// Chunks

/** Cuts bytes: not at all, into equal pieces from one byte up, or anywhere (empty pieces too). */
export function arbitraryChunking(): fc.Arbitrary<(bytes: Uint8Array) => Uint8Array[]> {
  const chunking = (name: string, cutsOf: (length: number) => number[]) =>
    Object.assign((bytes: Uint8Array) => cutAt(bytes, cutsOf(bytes.length)), {
      [fc.toStringMethod]: () => name,
    });
  return fc.oneof(
    fc.constant(chunking('whole', () => [])),
    fc
      .oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 4, max: 300 }))
      .map((size) => chunking(`every ${size} bytes`, (length) => multiples(size, length))),
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 })
      .map((shares) =>
        chunking(`cut at ${shares.join(', ')}`, (length) =>
          shares.map((share) => Math.round(share * length)).sort((a, b) => a - b),
        ),
      ),
  );
}

function multiples(size: number, length: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil(length / size) - 1) }, (_, at) => (at + 1) * size);
}

/**
 * Every piece is a copy of its own, so that a reader that writes into its input does no harm to the others.
 */
function cutAt(bytes: Uint8Array, cuts: number[]): Uint8Array[] {
  return [...cuts, bytes.length].map((end, at) => bytes.slice(at === 0 ? 0 : cuts[at - 1], end));
}
