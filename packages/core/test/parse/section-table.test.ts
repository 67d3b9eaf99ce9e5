import { describe, expect, test } from 'vitest';
import type { SectionHandlers } from '../../src/parse/section-table.js';
import { SectionTable } from '../../src/parse/section-table.js';
import { testContext } from '../support/feed-parser.js';
import { openText, rejectionOf } from '../support/open-bytes.js';
import { exampleHeap, RawText, SnapshotBuilder, type SnapshotOptions } from '../support/snapshot-builder.js';

const SMALL = { layout: 'compact' } as const;

function warningsOf(text: string): Promise<string[]> {
  return openText(text).then((graph) => graph.warnings.map(({ code, message }) => `${code}: ${message}`));
}

/** The example heap with a section written as given. */
function withSection(key: string, text: string, options: SnapshotOptions = {}): string {
  return exampleHeap(2).toJson({ ...SMALL, ...options, sections: { [key]: new RawText([text]) } });
}

/** `"key":value,` before everything else. */
function withFirst(key: string, value: string): string {
  return exampleHeap(2)
    .toJson(SMALL)
    .replace('{', `{${JSON.stringify(key)}:${value},`);
}

describe('required sections', () => {
  test.each(['snapshot', 'nodes', 'edges', 'strings'])('%s must be there', async (key) => {
    const error = await rejectionOf(openText(exampleHeap(2).toJson({ ...SMALL, omitSections: [key] })));
    expect(error).toMatchObject({ code: 'BAD_SECTION', section: 'document', expected: `a section '${key}'` });
    expect(error.actual).toMatch(/^only '/);
    expect(error.actual).not.toContain(`'${key}'`);
  });

  test.each([
    ['nodes', '{}', 'an array', "'{'"],
    ['nodes', 'null', 'an array', "'n'"],
    ['edges', '"x"', 'an array', "'\"'"],
    ['edges', '12', 'an array', "'1'"],
    ['strings', '{}', 'an array', "'{'"],
    ['strings', 'null', 'an array', "'n'"],
    ['snapshot', '[]', 'an object', "'['"],
    ['snapshot', 'true', 'an object', "'t'"],
  ])('%s is not %s', async (key, text, expected, first) => {
    const document = withSection(key, text);
    expect(await rejectionOf(openText(document))).toMatchObject({
      code: 'BAD_SECTION',
      section: key,
      byteOffset: document.indexOf(`"${key}":`) + key.length + 3,
      expected,
      actual: `a value that begins with ${first}`,
    });
  });

  test.each(['snapshot', 'nodes', 'edges', 'strings'])('%s must not be there twice', async (key) => {
    const text = exampleHeap(2).toJson(SMALL);
    const twice = text.replace(/\}$/, `,"${key}":[]}`);
    expect(await rejectionOf(openText(twice))).toMatchObject({
      code: 'DUPLICATE_SECTION',
      section: key,
      byteOffset: twice.length - 3,
      expected: 'the section once',
      actual: 'a second one',
    });
  });

  test('an empty object lacks them all', async () => {
    expect((await rejectionOf(openText('{}'))).message).toBe(
      "<stream>: document, byte 2: expected a section 'snapshot', got only an empty object",
    );
  });
});

describe('optional sections', () => {
  const OPTIONAL = [
    'trace_function_infos',
    'samples',
    'locations',
    'scopes',
    'scope_context_vars',
    'scope_uses',
    'trace_tree',
  ];

  test.each(OPTIONAL)('%s may be missing, null or empty', async (key) => {
    for (const text of [
      exampleHeap(2).toJson({ ...SMALL, omitSections: [key] }),
      withSection(key, 'null'),
      withSection(key, '[]'),
    ]) {
      expect(await warningsOf(text)).toEqual([]);
    }
  });

  test.each(OPTIONAL)('%s is an array otherwise', async (key) => {
    for (const text of ['{}', '"x"', '1']) {
      expect(await rejectionOf(openText(withSection(key, text)))).toMatchObject({
        code: 'BAD_SECTION',
        section: key,
        expected: 'an array or null',
      });
    }
    expect(await rejectionOf(openText(withSection(key, 'nope')))).toMatchObject({
      code: 'NOT_JSON',
      section: key,
    });
  });

  test.each(OPTIONAL)('of two %s the last counts, with a warning', async (key) => {
    const repeated = withSection(key, '[]').replace('{', `{${JSON.stringify(key)}:[],`);
    expect(await warningsOf(repeated)).toEqual([
      `REPEATED_SECTION: the section '${key}' appears more than once; the last one counts`,
    ]);
  });

  test('of repeated samples the last ones are read, null ones too', async () => {
    const samplesOf = async (...values: string[]) => {
      const text = withSection('samples', values[0]).replace(
        /\}$/,
        `${values
          .slice(1)
          .map((v) => `,"samples":${v}`)
          .join('')}}`,
      );
      return [...(await openText(text)).columns.samples.lastAssignedId];
    };
    expect(await samplesOf('[1,2,3,4]', '[5,6]')).toEqual([6]);
    expect(await samplesOf('[1,2,3,4]', '[5,6]', '[]')).toEqual([]);
    expect(await samplesOf('[1,2,3,4]', 'null')).toEqual([]);
    expect(await samplesOf('null', '[5,6]')).toEqual([6]);
  });

  test('of repeated trace trees the last one is read, null too', async () => {
    const countOf = async (first: string, second: string) => {
      const text = withSection('trace_tree', first).replace(/\}$/, `,"trace_tree":${second}}`);
      return (await openText(text)).columns.traceTree.count;
    };
    expect(await countOf('[1,0,0,0,[2,0,0,0,[]]]', '[1,0,0,0,[]]')).toBe(1);
    expect(await countOf('[1,0,0,0,[2,0,0,0,[]]]', 'null')).toBe(0);
  });

  test('numbers below 0 stand in scopes and their uses alone', async () => {
    expect((await openText(withSection('scopes', '[-1,-2]'))).columns.scopes.scopes).toEqual(
      Float64Array.of(-1, -2),
    );
    expect((await openText(withSection('scope_uses', '[-1]'))).columns.scopes.uses).toEqual(
      Float64Array.of(-1),
    );
    for (const key of ['samples', 'locations', 'trace_function_infos', 'scope_context_vars']) {
      expect(await rejectionOf(openText(withSection(key, '[-1]')))).toMatchObject({
        code: 'BAD_NUMBER',
        section: key,
      });
    }
  });
});

describe('unknown sections', () => {
  test.each(['1', '"x"', 'null', '[1.5e-3,{"a":[]}]', '{"nodes":[1]}', '"\\ud800"'])(
    '%s is skipped with a warning',
    async (value) => {
      for (const text of [withFirst('x', value), withSection('x', value)]) {
        expect(await warningsOf(text)).toEqual(["UNKNOWN_SECTION: unknown sections were skipped: 'x'"]);
      }
    },
  );

  test('are checked to be JSON', async () => {
    expect(await rejectionOf(openText(withFirst('x', '[1,]')))).toMatchObject({
      code: 'NOT_JSON',
      section: 'x',
    });
  });

  test('are named, the first eight of them', async () => {
    const sections = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`x${i}`, 0]));
    expect(await warningsOf(exampleHeap(2).toJson({ sections }))).toEqual([
      "UNKNOWN_SECTION: unknown sections were skipped: 'x0', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7' and 3 more",
    ]);
  });

  test('have names of at most 40 characters in warnings', async () => {
    expect(await warningsOf(withFirst('k'.repeat(100), '0'))).toEqual([
      `UNKNOWN_SECTION: unknown sections were skipped: '${'k'.repeat(40)}'`,
    ]);
  });

  test('a key that JavaScript knows is one of them', async () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(await warningsOf(withFirst(key, '{"nodes":1}'))).toHaveLength(1);
    }
  });
});

describe('other documents', () => {
  test.each([
    ['[1]', "other JSON that begins with '['"],
    ['"x"', "other JSON that begins with '\"'"],
    ['42', "other JSON that begins with '4'"],
  ])('%s is other JSON', async (text, actual) => {
    expect(await rejectionOf(openText(text))).toMatchObject({
      code: 'BAD_SECTION',
      expected: 'a JSON object with the sections of a heap snapshot',
      actual,
    });
  });

  test.each([
    [
      '{"nodes":[{"id":1}],"startTime":1,"endTime":2}',
      'a V8 CPU profile (.cpuprofile): its nodes are objects',
    ],
    ['{"startTime":1,"endTime":2,"nodes":{}}', 'a V8 CPU profile (.cpuprofile)'],
    ['{"head":{"children":[]},"samples":[]}', 'a V8 sampling heap profile (.heapprofile)'],
    ['{"traceEvents":[],"metadata":{}}', 'a Chrome trace (performance recording)'],
    [
      '{"version":2,"type":"Inspector","nodes":[1,2],"nodeClassNames":["x"]}',
      'a JavaScriptCore heap snapshot (Safari, or Bun without the V8 format)',
    ],
    ['{"header":{"event":"x"},"javascriptStack":{}}', 'a Node.js diagnostic report'],
    ['{"name":"x","version":"1.0.0"}', 'a package.json'],
    ['{"totalHeapSize":1,"roots":[]}', "a heap dump in Hermes' own old format"],
  ])('%s is named', async (text, actual) => {
    expect(await rejectionOf(openText(text))).toMatchObject({
      code: 'FOREIGN_FORMAT',
      section: 'document',
      expected: 'a V8 heap snapshot',
      actual,
    });
  });

  test('a snapshot with keys of others is a snapshot', async () => {
    const sections = { head: 0, traceEvents: 0, name: 'x', version: 'y' };
    const graph = await openText(exampleHeap(2).toJson({ sections }));
    expect(graph.nodeCount).toBe(new SnapshotBuilder().nodeCount + exampleHeap(2).nodeCount - 1);
  });
});

test('a section that nobody takes is still checked', () => {
  const handlers: SectionHandlers = {
    nodes: () => ({ push: () => {}, end: () => {} }),
    edges: () => ({ push: () => {}, end: () => {} }),
    strings: () => {
      throw new Error('not asked for');
    },
    optional: () => undefined,
    traceTree: () => undefined,
    onHeader: () => {},
  };
  const table = new SectionTable(handlers, testContext());
  for (const key of ['samples', 'trace_tree']) {
    const parser = table.open(key, '['.charCodeAt(0), 0);
    const text = new TextEncoder().encode('[1,[2,{}]],');
    expect(parser.write(text, 0, 0)).toBe(10);
  }
});
