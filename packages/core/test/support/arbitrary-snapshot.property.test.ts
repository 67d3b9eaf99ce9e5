import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryChunking } from './arbitrary-chunking.js';
import { arbitraryFormatting } from './arbitrary-formatting.js';
import { arbitraryText } from './arbitrary-values.js';
import { arbitraryWrittenSnapshot } from './arbitrary-written-snapshot.js';
import { readNaively } from './naive-reader.js';

/** The generators are held to their word here, so that a failing property elsewhere is about the reader. */

test('every formatting of a document parses back to it', () => {
  fc.assert(
    fc.property(arbitraryWrittenSnapshot(), ({ document, text, bytes }) => {
      expect(JSON.parse(text)).toEqual(document);
      expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(document));
      expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)).toBe(text);
    }),
  );
});

test('every string comes through every formatting', () => {
  fc.assert(
    fc.property(arbitraryText(), arbitraryFormatting(), (text, format) => {
      const bytes = new TextEncoder().encode(format([text]));
      expect(JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))).toEqual([text]);
    }),
    { numRuns: 500 },
  );
});

test('chunks join to the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), arbitraryChunking(), (bytes, chunk) => {
      expect(Buffer.concat(chunk(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
});

test('the naive reader reads every row of every snapshot', () => {
  fc.assert(
    fc.property(arbitraryWrittenSnapshot(), ({ text }) => {
      const { nodes, edgeCount, locations, traceFunctions } = readNaively(text);
      expect(nodes.reduce((sum, node) => sum + node.edges.length, 0)).toBe(edgeCount);
      for (const node of nodes) {
        expect(typeof node.type).toBe('string');
        expect(typeof node.name).toBe('string');
        expect(Number.isSafeInteger(node.id)).toBe(true);
        for (const edge of node.edges) {
          expect(nodes[edge.to]).toBeDefined();
          expect(typeof edge.name).toBe(
            edge.type === 'element' || edge.type === 'hidden' ? 'number' : 'string',
          );
        }
      }
      for (const { node } of locations) expect(nodes[node]).toBeDefined();
      for (const { name } of traceFunctions) expect(typeof name).toBe('string');
    }),
  );
});
