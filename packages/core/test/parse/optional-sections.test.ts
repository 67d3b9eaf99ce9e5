import { describe, expect, test } from 'vitest';
import { NO_NODE } from '../../src/graph/graph-columns.js';
import { OptionalSections } from '../../src/parse/optional-sections.js';
import type { OptionalArray } from '../../src/parse/section-table.js';
import { errorOf, testContext } from '../support/feed-parser.js';
import { testMeta } from '../support/test-meta.js';

const LOCATION_FIELDS = ['object_index', 'script_id', 'line', 'column'];
const FUNCTION_FIELDS = ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'];
const SAMPLE_FIELDS = ['timestamp_us', 'last_assigned_id'];

interface Setup {
  locationFields?: readonly string[];
  sampleFields?: readonly string[] | null;
  /** The sections come before the header. */
  headerLast?: boolean;
}

/** Reads sections in the given order. Node offsets are multiples of 5. */
function read(sections: readonly [OptionalArray, readonly number[]][], setup: Setup = {}) {
  const context = testContext();
  const optional = new OptionalSections(context);
  const meta = testMeta({
    more: {
      location_fields: setup.locationFields ?? LOCATION_FIELDS,
      trace_function_info_fields: FUNCTION_FIELDS,
      sample_fields: setup.sampleFields === undefined ? SAMPLE_FIELDS : setup.sampleFields,
    },
  });
  for (const [key, numbers] of sections) {
    const sink = optional.sinkFor(key, setup.headerLast ? undefined : meta);
    sink.push(Float64Array.from(numbers), numbers.length);
    sink.end();
  }
  optional.useMeta(meta);
  return { optional, warnings: context.warnings };
}

describe.each([{ headerLast: false }, { headerLast: true }])('%j', ({ headerLast }) => {
  test('locations become columns of node ordinals', () => {
    const { optional, warnings } = read([['locations', [10, 7, 1, 2, 0, 8, 3, 4]]], { headerLast });
    expect(optional.locations(3)).toEqual({
      count: 2,
      nodeByLocation: Uint32Array.of(2, 0),
      scriptIdByLocation: Uint32Array.of(7, 8),
      lineByLocation: Uint32Array.of(1, 3),
      columnByLocation: Uint32Array.of(2, 4),
      scriptNodeByLocation: null,
    });
    expect(warnings).toEqual([]);
  });

  test('locations follow their fields', () => {
    const locationFields = ['column', 'script_object_index', 'object_index', 'x', 'line', 'script_id'];
    const rows = [2, 5, 10, 99, 1, 7, 4, 999, 0, 99, 3, 8];
    const { optional } = read([['locations', rows]], { headerLast, locationFields });
    expect(optional.locations(3)).toEqual({
      count: 2,
      nodeByLocation: Uint32Array.of(2, 0),
      scriptIdByLocation: Uint32Array.of(7, 8),
      lineByLocation: Uint32Array.of(1, 3),
      columnByLocation: Uint32Array.of(2, 4),
      scriptNodeByLocation: Uint32Array.of(1, NO_NODE),
    });
  });

  test('locations of nodes that do not exist are dropped, the others move up', () => {
    const rows = [15, 1, 1, 1, 5, 2, 2, 2, 6, 3, 3, 3, 10, 4, 4, 4];
    const { optional, warnings } = read([['locations', rows]], { headerLast });
    expect(optional.locations(3)).toMatchObject({
      count: 2,
      nodeByLocation: Uint32Array.of(1, 2),
      scriptIdByLocation: Uint32Array.of(2, 4),
      lineByLocation: Uint32Array.of(2, 4),
      columnByLocation: Uint32Array.of(2, 4),
    });
    expect(warnings).toEqual([
      {
        code: 'DROPPED_ROWS',
        message: "rows of 'locations' were left out: 2 name a node that does not exist",
      },
    ]);
  });

  test('a last row that is not whole is dropped', () => {
    const { optional, warnings } = read([['samples', [1, 2, 3]]], { headerLast });
    expect(optional.samples()).toEqual({
      count: 1,
      timestampMicroseconds: Float64Array.of(1),
      lastAssignedId: Uint32Array.of(2),
    });
    expect(warnings.map(({ message }) => message)).toEqual([
      "rows of 'samples' were left out: the last row has 1 of 2 numbers",
    ]);
  });

  test('a section whose fields the header does not tell is left out', () => {
    for (const sampleFields of [[], ['timestamp_us'], null]) {
      const { optional, warnings } = read([['samples', [1, 2]]], { headerLast, sampleFields });
      expect(optional.samples().count).toBe(0);
      expect(warnings.map(({ message }) => message)).toEqual([
        "rows of 'samples' were left out: its fields in snapshot.meta lack one of timestamp_us, last_assigned_id",
      ]);
      expect(read([['samples', []]], { headerLast, sampleFields }).warnings).toEqual([]);
    }
  });

  test('trace functions keep their rows', () => {
    const { optional } = read([['trace_function_infos', [9, 1, 2, 3, 4, 5, 10, 0, 0, 0, 0, 0]]], {
      headerLast,
    });
    expect(optional.traceFunctions(3)).toEqual({
      count: 2,
      functionId: Uint32Array.of(9, 10),
      name: Uint32Array.of(1, 0),
      scriptName: Uint32Array.of(2, 0),
      scriptId: Uint32Array.of(3, 0),
      line: Uint32Array.of(4, 0),
      column: Uint32Array.of(5, 0),
    });
    // by the name, then by the script's
    for (const stringCount of [1, 2]) {
      expect(errorOf(() => optional.traceFunctions(stringCount))).toMatchObject({
        code: 'BAD_REFERENCE',
        section: 'trace_function_infos',
        expected: `string ordinals below ${stringCount}`,
      });
    }
  });

  test('wide values are kept', () => {
    const { optional } = read([['samples', [2 ** 40, 2 ** 33]]], { headerLast });
    expect(optional.samples()).toEqual({
      count: 1,
      timestampMicroseconds: Float64Array.of(2 ** 40),
      lastAssignedId: Float64Array.of(2 ** 33),
    });
  });

  test('scopes are kept as they are', () => {
    const { optional } = read(
      [
        ['scopes', [0, -1, 2]],
        ['scope_uses', [-5]],
        ['scope_context_vars', [6, 7]],
      ],
      { headerLast },
    );
    expect(optional.scopes()).toEqual({
      scopes: Float64Array.of(0, -1, 2),
      contextVars: Float64Array.of(6, 7),
      uses: Float64Array.of(-5),
    });
  });

  test('the last of several counts', () => {
    const { optional } = read(
      [
        ['samples', [1, 2, 3, 4]],
        ['samples', [5, 6]],
      ],
      { headerLast },
    );
    expect([...optional.samples().lastAssignedId]).toEqual([6]);
  });
});

test('the last of several counts, also where the header comes between them', () => {
  const optional = new OptionalSections(testContext());
  const meta = testMeta({ more: { sample_fields: SAMPLE_FIELDS } });
  optional.sinkFor('samples', undefined).push(Float64Array.of(1, 2, 3, 4), 4);
  optional.sinkFor('samples', meta).push(Float64Array.of(5, 6), 2);
  optional.useMeta(meta);
  expect([...optional.samples().lastAssignedId]).toEqual([6]);
});

test('without any section everything is empty', () => {
  const { optional, warnings } = read([]);
  expect(optional.locations(1)).toMatchObject({ count: 0, scriptNodeByLocation: null });
  expect(optional.samples().count).toBe(0);
  expect(optional.traceFunctions(0).count).toBe(0);
  expect(optional.scopes().scopes.length).toBe(0);
  expect(warnings).toEqual([]);
});
