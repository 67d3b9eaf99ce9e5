import { describe, expect, test } from 'vitest';
import { describe as describeValue, MetaProblem, parseMeta } from '../../src/format/parse-meta.js';
import { parseHeader } from '../../src/format/snapshot-header.js';
import { edgeTypeOrdinal, NO_TYPE, nodeTypeOrdinal } from '../../src/format/snapshot-meta.js';

const META = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
  // longer than the fields, as in Node 8 to 14 and 24
  node_types: [['hidden', 'object'], 'string', 'number', 'number', 'number', 'number', 'number'],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [['property', 'weak'], 'string_or_number', 'node'],
};

function problemOf(task: () => unknown): { expected: string; actual: string } {
  try {
    task();
  } catch (problem) {
    if (problem instanceof MetaProblem) return { ...problem };
    throw problem;
  }
  throw new Error('no problem was found');
}

describe('parseMeta', () => {
  test('reads what it must, and takes the rest as absent', () => {
    expect(parseMeta(META)).toEqual({
      nodeFields: META.node_fields,
      edgeFields: META.edge_fields,
      nodeTypes: ['hidden', 'object'],
      edgeTypes: ['property', 'weak'],
      traceFunctionInfoFields: [],
      traceNodeFields: [],
      sampleFields: [],
      locationFields: [],
      scopeFields: [],
      scopeContextVarFields: [],
      scopeUseFields: [],
      hasDetachedness: false,
    });
  });

  test('reads every list of fields', () => {
    const lists = {
      trace_function_info_fields: ['a'],
      trace_node_fields: ['b'],
      sample_fields: ['c'],
      location_fields: ['d'],
      scope_fields: ['e'],
      scope_context_var_fields: ['f'],
      scope_use_fields: null,
    };
    expect(parseMeta({ ...META, ...lists })).toMatchObject({
      traceFunctionInfoFields: ['a'],
      traceNodeFields: ['b'],
      sampleFields: ['c'],
      locationFields: ['d'],
      scopeFields: ['e'],
      scopeContextVarFields: ['f'],
      scopeUseFields: [],
    });
  });

  test('finds the type lists at the position of the field', () => {
    const moved = parseMeta({
      ...META,
      node_fields: ['id', 'name', 'type', 'self_size', 'edge_count', 'detachedness'],
      node_types: ['number', 'string', ['native']],
      edge_fields: ['to_node', 'name_or_index', 'type'],
      edge_types: ['node', 'string_or_number', ['weak']],
    });
    expect(moved).toMatchObject({ nodeTypes: ['native'], edgeTypes: ['weak'], hasDetachedness: true });
    expect([nodeTypeOrdinal(moved, 'native'), nodeTypeOrdinal(moved, 'object')]).toEqual([0, NO_TYPE]);
    expect([edgeTypeOrdinal(moved, 'weak'), edgeTypeOrdinal(moved, 'hidden')]).toEqual([0, NO_TYPE]);
  });

  const many = Array.from({ length: 257 }, (_, i) => `type ${i}`);
  test.each([
    [undefined, 'an object at snapshot.meta', 'nothing'],
    [[], 'an object at snapshot.meta', 'an array'],
    [{ ...META, node_fields: undefined }, 'a list of names at snapshot.meta.node_fields', 'nothing'],
    [{ ...META, node_fields: ['type', 1] }, 'a list of names at snapshot.meta.node_fields', 'an array'],
    [{ ...META, edge_fields: 'type' }, 'a list of names at snapshot.meta.edge_fields', 'the string "type"'],
    [
      { ...META, edge_fields: ['type', 'to_node'] },
      "the field 'name_or_index' in snapshot.meta.edge_fields",
      '["type","to_node"]',
    ],
    [
      { ...META, edge_fields: ['type', 'name_or_index', 'to_node', 'x', 'x'] },
      'every field once in snapshot.meta.edge_fields',
      '["type","name_or_index","to_node","x","x"]',
    ],
    [{ ...META, node_types: [] }, 'a list of type names at snapshot.meta.node_types[0]', 'nothing'],
    [{ ...META, node_types: {} }, 'a list of type names at snapshot.meta.node_types[0]', 'nothing'],
    [
      { ...META, edge_types: ['number'] },
      'a list of type names at snapshot.meta.edge_types[0]',
      'the string "number"',
    ],
    [{ ...META, node_types: [many] }, 'at most 256 types at snapshot.meta.node_types', '257'],
    [{ ...META, location_fields: {} }, 'a list of names at snapshot.meta.location_fields', 'an object'],
    [{ ...META, sample_fields: [null] }, 'a list of names at snapshot.meta.sample_fields', 'an array'],
  ])('refuses %#', (meta, expected, actual) => {
    expect(problemOf(() => parseMeta(meta))).toEqual({ expected, actual });
  });
});

test('256 types are as many as 8 bits tell apart', () => {
  const types = Array.from({ length: 256 }, (_, i) => `type ${i}`);
  expect(parseMeta({ ...META, node_types: [types] }).nodeTypes).toHaveLength(256);
});

describe('parseHeader', () => {
  const read = (section: unknown) => {
    const warnings: string[] = [];
    return { header: parseHeader(section, (message) => warnings.push(message)), warnings };
  };

  test('reads counts as claims', () => {
    const counts = {
      node_count: 0,
      edge_count: 2 ** 40,
      trace_function_count: 3,
      root_index: 5,
      extra_native_bytes: 7,
    };
    expect(read({ meta: META, ...counts })).toMatchObject({
      header: {
        claimedNodeCount: 0,
        claimedEdgeCount: 2 ** 40,
        claimedTraceFunctionCount: 3,
        rootOffset: 5,
        extraNativeBytes: 7,
      },
      warnings: [],
    });
    expect(read({ meta: META })).toMatchObject({
      header: { claimedNodeCount: undefined, rootOffset: undefined, extraNativeBytes: 0 },
      warnings: [],
    });
  });

  test.each([-1, 0.5, 2 ** 53, '1', null, true, [], {}])('does not use %j', (value) => {
    const { header, warnings } = read({ meta: META, node_count: value, extra_native_bytes: value });
    expect([header.claimedNodeCount, header.extraNativeBytes]).toEqual([undefined, 0]);
    expect(warnings).toHaveLength(2);
  });

  test('is an object', () => {
    expect(problemOf(() => read([]))).toEqual({ expected: 'an object at snapshot', actual: 'an array' });
  });
});

test('errors never quote a value at length', () => {
  expect(describeValue('x'.repeat(1000))).toBe(`the string "${'x'.repeat(40)}"`);
});
