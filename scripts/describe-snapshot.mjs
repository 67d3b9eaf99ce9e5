// Prints what a heap snapshot holds, read the plain way: JSON.parse and loops, nothing shared with the packages.
// It writes the expected twins of the fixtures, and helps where heapstream's reading of a file is in doubt.
//
//   node scripts/describe-snapshot.mjs <file> [--producer NAME] [--version V] [--how TEXT] [--license TEXT]
//
// The file may be plain, .br, .gz or .zst (that one through the `zstd` command). Only for files whose text is
// below Node's longest string (512 MB).
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const { positionals, values: about } = parseArgs({
  allowPositionals: true,
  options: {
    producer: { type: 'string' },
    version: { type: 'string' },
    how: { type: 'string' },
    license: { type: 'string' },
  },
});
const file = positionals[0];
if (file === undefined) {
  console.error(
    'usage: describe-snapshot.mjs <file> [--producer NAME] [--version V] [--how TEXT] [--license TEXT]',
  );
  process.exit(2);
}

const parsed = JSON.parse(readText(file));
const { snapshot, nodes, edges, strings } = parsed;
const meta = snapshot.meta;
const nodeFields = meta.node_fields;
const edgeFields = meta.edge_fields;
const nodeTypes = meta.node_types[nodeFields.indexOf('type')];
const edgeTypes = meta.edge_types[edgeFields.indexOf('type')];

const nodeCount = nodes.length / nodeFields.length;
const edgeCount = edges.length / edgeFields.length;

const countsByNodeType = {};
const selfSizeByNodeType = {};
const countsByDetachedness = {};
let totalSelfSize = 0;
let tracedNodeCount = 0;
let nodesWithoutEdges = 0;
for (let node = 0; node < nodeCount; node++) {
  const { type, selfSize, edgeCount, traceNodeId, detachedness } = readNode(node);
  add(countsByNodeType, type, 1);
  add(selfSizeByNodeType, type, selfSize);
  totalSelfSize += selfSize;
  if (edgeCount === 0) nodesWithoutEdges++;
  if (traceNodeId) tracedNodeCount++;
  if (detachedness !== undefined) add(countsByDetachedness, detachedness, 1);
}

const countsByEdgeType = {};
for (let edge = 0; edge < edgeCount; edge++) add(countsByEdgeType, readEdge(edge).type, 1);

const description = {
  ...about,
  nodeFields,
  header: {
    nodeCount: snapshot.node_count,
    edgeCount: snapshot.edge_count,
    traceFunctionCount: snapshot.trace_function_count,
  },
  nodeCount,
  edgeCount,
  stringCount: strings.length,
  totalSelfSize,
  rootId: readNode((snapshot.root_index ?? 0) / nodeFields.length).id,
  extraNativeBytes: snapshot.extra_native_bytes ?? 0,
  countsByNodeType,
  selfSizeByNodeType,
  countsByEdgeType,
  countsByDetachedness: nodeFields.includes('detachedness') ? countsByDetachedness : null,
  nodesWithoutEdges,
  tracedNodeCount,
  traceFunctionCount: rows(parsed.trace_function_infos, meta.trace_function_info_fields),
  traceTreeNodeCount: countTraceNodes(parsed.trace_tree, meta.trace_node_fields),
  sampleCount: rows(parsed.samples, meta.sample_fields),
  locationCount: rows(parsed.locations, meta.location_fields),
  scopeCount: rows(parsed.scopes, meta.scope_fields),
  stringUnits: strings.reduce((sum, string) => sum + string.length, 0),
  longestString: strings.reduce((longest, string) => Math.max(longest, string.length), 0),
  stringsBeyondAscii: strings.filter((string) => /[^\0-\x7f]/.test(string)).length,
  lastString: strings.at(-1),
  firstNodes: [0, 1, 2].filter((node) => node < nodeCount).map(readNode),
  lastNodes: [3, 2, 1]
    .map((fromEnd) => nodeCount - fromEnd)
    .filter((node) => node >= 0)
    .map(readNode),
  firstEdges: [0, 1, 2].filter((edge) => edge < edgeCount).map(readEdge),
  lastEdges: [3, 2, 1]
    .map((fromEnd) => edgeCount - fromEnd)
    .filter((edge) => edge >= 0)
    .map(readEdge),
  firstLocations: locations().slice(0, 3),
};
console.log(toJsonLines(description));

function readNode(node) {
  const row = nodes.slice(node * nodeFields.length, (node + 1) * nodeFields.length);
  const value = (field) => row[nodeFields.indexOf(field)];
  return {
    type: nodeTypes[value('type')],
    name: strings[value('name')],
    id: value('id'),
    selfSize: value('self_size'),
    edgeCount: value('edge_count'),
    traceNodeId: value('trace_node_id'),
    detachedness: value('detachedness'),
  };
}

function readEdge(edge) {
  const row = edges.slice(edge * edgeFields.length, (edge + 1) * edgeFields.length);
  const value = (field) => row[edgeFields.indexOf(field)];
  const type = edgeTypes[value('type')];
  const isNumbered = type === 'element' || type === 'hidden';
  return {
    type,
    name: isNumbered ? value('name_or_index') : strings[value('name_or_index')],
    to: value('to_node') / nodeFields.length,
  };
}

function locations() {
  const fields = meta.location_fields ?? [];
  const found = [];
  for (let at = 0; at < (parsed.locations ?? []).length; at += fields.length) {
    const value = (field) => parsed.locations[at + fields.indexOf(field)];
    const node = value('object_index') / nodeFields.length;
    found.push({ node, scriptId: value('script_id'), line: value('line'), column: value('column') });
  }
  return found;
}

function rows(section, fields) {
  return section && fields ? section.length / fields.length : 0;
}

function countTraceNodes(children, fields) {
  if (!children || !fields) return 0;
  let count = 0;
  for (let at = 0; at < children.length; at += fields.length) {
    count += 1 + countTraceNodes(children[at + fields.indexOf('children')], fields);
  }
  return count;
}

function add(counts, key, amount) {
  counts[key] = (counts[key] ?? 0) + amount;
}

function readText(path) {
  const bytes = readFileSync(path);
  if (path.endsWith('.br')) return brotliDecompressSync(bytes).toString('utf8');
  if (path.endsWith('.gz')) return gunzipSync(bytes).toString('utf8');
  if (path.endsWith('.zst')) {
    return execFileSync('zstd', ['-dcq', path], { maxBuffer: 2 ** 30 }).toString('utf8');
  }
  return bytes.toString('utf8');
}

/** JSON with one line per property, and one line per row in lists of rows. */
function toJsonLines(object) {
  const lines = Object.entries(object).map(([key, value]) => {
    const isListOfRows = Array.isArray(value) && value.length > 0 && typeof value[0] === 'object';
    const text = isListOfRows
      ? `[\n${value.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(',\n')}\n}`;
}
