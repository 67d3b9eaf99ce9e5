import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SnapshotFormatError } from '../src/errors.js';
import { openSnapshot } from '../src/open-snapshot.js';
import { arbitraryChunking } from './support/arbitrary-chunking.js';
import { applyDamage, arbitraryDamage } from './support/arbitrary-damage.js';
import { arbitraryFormatting } from './support/arbitrary-formatting.js';
import { arbitrarySnapshot } from './support/arbitrary-snapshot.js';
import { arbitraryWrittenSnapshot } from './support/arbitrary-written-snapshot.js';
import { inheritNaively } from './support/brute-force-detachedness.js';
import type { JsonObject } from './support/json-value.js';
import { type NaiveSnapshot, readNaively } from './support/naive-reader.js';
import { chunksOf, openBytes, openText, outcomeOf } from './support/open-bytes.js';
import { plainGraph } from './support/plain-graph.js';

/** What the file says, as the graph has it: with states of detachedness inherited. */
function expectedGraph(text: string): NaiveSnapshot {
  const snapshot = readNaively(text);
  const states = inheritNaively(snapshot.nodes);
  return {
    ...snapshot,
    nodes: snapshot.nodes.map((node, ordinal) => ({ ...node, detachedness: states[ordinal] })),
  };
}

test('the graph is what JSON.parse reads, for every snapshot, writing and chunking', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWrittenSnapshot(), async ({ document, text, chunks }) => {
      const graph = await openSnapshot(chunksOf(chunks));
      expect(plainGraph(graph)).toEqual(expectedGraph(text));
      const { scopes, contextVars, uses } = graph.columns.scopes;
      expect([[...scopes], [...contextVars], [...uses]]).toEqual([
        document.scopes ?? [],
        document.scope_context_vars ?? [],
        document.scope_uses ?? [],
      ]);
    }),
    { numRuns: 300 },
  );
});

test('one byte at a time makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(arbitrarySnapshot(), arbitraryFormatting(), async (document, format) => {
      const text = format(document);
      const bytes = new TextEncoder().encode(text);
      const single = Array.from(bytes, (_, at) => bytes.slice(at, at + 1));
      expect(plainGraph(await openSnapshot(chunksOf(single)))).toEqual(expectedGraph(text));
    }),
    { numRuns: 30 },
  );
});

test('the graph and its warnings are the same for every order of sections, white space and escapes', async () => {
  const withOrder = arbitrarySnapshot().chain((document) => {
    const keys = Object.keys(document);
    return fc.record({
      document: fc.constant(document),
      order: fc.shuffledSubarray(keys, { minLength: keys.length }),
      format: arbitraryFormatting(),
      chunk: arbitraryChunking(),
    });
  });
  await fc.assert(
    fc.asyncProperty(withOrder, async ({ document, order, format, chunk }) => {
      const reordered: JsonObject = Object.fromEntries(order.map((key) => [key, document[key]]));
      const first = await openText(JSON.stringify(document));
      const second = await openSnapshot(chunksOf(chunk(new TextEncoder().encode(format(reordered)))));
      expect(plainGraph(second)).toEqual(plainGraph(first));
      expect(second.columns).toEqual(first.columns);
      const codesOf = (graph: typeof first) => graph.warnings.map(({ code }) => code).sort();
      expect(codesOf(second)).toEqual(codesOf(first));
    }),
    { numRuns: 60 },
  );
});

test('the graph is the same through every compression', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWrittenSnapshot(), arbitraryChunking(), async ({ bytes, text }, chunk) => {
      for (const packed of [gzipSync(bytes), deflateSync(bytes), brotliCompressSync(bytes)]) {
        expect(plainGraph(await openSnapshot(chunksOf(chunk(packed))))).toEqual(expectedGraph(text));
      }
    }),
    { numRuns: 12 },
  );
});

test('every prefix of a snapshot is a SnapshotFormatError', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryWrittenSnapshot(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async ({ bytes }, share) => {
        const lastBrace = bytes.lastIndexOf(0x7d);
        await expect(openBytes(bytes.subarray(0, Math.floor(share * lastBrace)))).rejects.toThrow(
          SnapshotFormatError,
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('columns lie on shared memory', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWrittenSnapshot(), async ({ bytes }) => {
      const { columns } = await openBytes(bytes);
      const arrays = Object.values(columns).filter((column) => ArrayBuffer.isView(column));
      expect(arrays.length).toBeGreaterThanOrEqual(10);
      for (const array of arrays) expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
    }),
    { numRuns: 20 },
  );
});

// Damage

/** Nodes, edges and strings by JSON.parse; undefined where that refuses the bytes. */
function readRequiredSections(bytes: Uint8Array): Pick<NaiveSnapshot, 'nodes' | 'strings'> | undefined {
  let document: JsonObject;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)) as JsonObject;
  } catch {
    return undefined;
  }
  const { snapshot, nodes, edges, strings } = document;
  const read = readNaively(JSON.stringify({ snapshot, nodes, edges, strings }));
  for (const node of read.nodes) {
    for (const edge of node.edges) {
      // V8 prints the index of an element as int32
      if (edge.type === 'element' && (edge.name as number) < 0) edge.name = (edge.name as number) + 2 ** 32;
    }
  }
  return { nodes: read.nodes, strings: read.strings };
}

test('a damaged snapshot opens as JSON.parse reads it, or ends with a typed error', async () => {
  let opened = 0;
  let refused = 0;
  const damages = fc.array(arbitraryDamage(), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      arbitraryWrittenSnapshot(),
      damages,
      arbitraryChunking(),
      async ({ bytes }, list, chunk) => {
        const damaged = list.reduce(applyDamage, bytes);
        // the compression is given, so that no damage is taken for it
        const outcome = await outcomeOf(openSnapshot(chunksOf([damaged]), { compression: 'none' }));
        const inPieces = await outcomeOf(openSnapshot(chunksOf(chunk(damaged)), { compression: 'none' }));
        if (typeof outcome === 'string') {
          refused++;
          expect(typeof inPieces).toBe('string');
          return;
        }
        opened++;
        if (typeof inPieces === 'string') throw new Error(`opens whole, but not in pieces: ${inPieces}`);
        expect(plainGraph(inPieces)).toEqual(plainGraph(outcome));
        const expected = readRequiredSections(damaged);
        if (expected === undefined) {
          // JSON.parse takes no byte order mark, and nothing behind the end
          expect(outcome.warnings.some(({ code }) => code === 'TRAILING_BYTES') || damaged[0] === 0xef).toBe(
            true,
          );
          return;
        }
        // a type listed twice is none of V8's lists
        const { nodeTypes, edgeTypes } = outcome.meta;
        if (new Set(nodeTypes).size < nodeTypes.length || new Set(edgeTypes).size < edgeTypes.length) return;
        const { nodes, strings } = plainGraph(outcome);
        expect(strings).toEqual(expected.strings);
        const withoutStates = (list: NaiveSnapshot['nodes']) =>
          list.map(({ detachedness: _, ...node }) => node);
        expect(withoutStates(nodes)).toEqual(withoutStates(expected.nodes));
      },
    ),
    { numRuns: 400 },
  );
  // the damage is neither always deadly nor never
  expect(opened).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(20);
});

test('damaged compressed bytes open or end with a typed error', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryWrittenSnapshot(),
      fc.constantFrom(gzipSync, deflateSync, brotliCompressSync),
      fc.array(arbitraryDamage(), { minLength: 1, maxLength: 2 }),
      arbitraryChunking(),
      async ({ bytes }, compress, list, chunk) => {
        const damaged = list.reduce(applyDamage, compress(bytes));
        await outcomeOf(openSnapshot(chunksOf(chunk(damaged))));
      },
    ),
    { numRuns: 60 },
  );
});
