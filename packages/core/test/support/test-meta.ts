import { parseMeta } from '../../src/format/parse-meta.js';
import type { SnapshotMeta } from '../../src/format/snapshot-meta.js';

export const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count'];
export const EDGE_FIELDS = ['type', 'name_or_index', 'to_node'];
export const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];

export interface TestMeta {
  nodeFields?: readonly string[];
  nodeTypes?: readonly string[];
  edgeFields?: readonly string[];
  edgeTypes?: readonly string[];
  /** More keys: `location_fields`, … */
  more?: Readonly<Record<string, unknown>>;
}

/** `snapshot.meta` as parsed, with the usual columns where nothing else is said. */
export function testMeta(options: TestMeta = {}): SnapshotMeta {
  const { nodeFields = NODE_FIELDS, edgeFields = EDGE_FIELDS } = options;
  const { nodeTypes = ['hidden', 'object', 'native'], edgeTypes = EDGE_TYPES } = options;
  return parseMeta({
    node_fields: nodeFields,
    node_types: nodeFields.map((field) => (field === 'type' ? nodeTypes : 'number')),
    edge_fields: edgeFields,
    edge_types: edgeFields.map((field) => (field === 'type' ? edgeTypes : 'number')),
    ...options.more,
  });
}
