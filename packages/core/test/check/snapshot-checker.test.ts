import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SnapshotChecker } from '../../src/check/snapshot-checker.js';
import { SnapshotFormatError } from '../../src/errors.js';
import { openSnapshot } from '../../src/open-snapshot.js';
import { everyCut, utf8 } from '../support/feed-parser.js';
import { fixtureNames, fixturePath } from '../support/fixtures.js';
import { SnapshotBuilder } from '../support/snapshot-builder.js';

/** Sections that the checker skips, so that it accepts what `openSnapshot` refuses for them. */
const SKIPPED_SECTIONS = ['trace_tree', 'trace_function_infos', 'samples', 'locations', 'scopes'];

function bytesOf(folder: 'real' | 'synthetic' | 'invalid', name: string): Uint8Array {
  const bytes = readFileSync(fixturePath(folder, name));
  if (name.endsWith('.br')) return brotliDecompressSync(bytes);
  return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
}

function check(chunks: Iterable<Uint8Array>): { nodeCount: number; edgeCount: number; byteLength: number } {
  const checker = new SnapshotChecker('test.heapsnapshot');
  for (const chunk of chunks) checker.write(chunk);
  const { nodeCount, edgeCount, byteLength } = checker.end();
  return { nodeCount, edgeCount, byteLength };
}

function verdictOf(bytes: Uint8Array): unknown {
  try {
    return check([bytes]);
  } catch (error) {
    return error;
  }
}

function smallHeap(): SnapshotBuilder {
  const heap = new SnapshotBuilder();
  const cache = heap.child(heap.root, 'cache', { name: 'Map', selfSize: 32 });
  heap.child(cache, 0, { name: 'Session', selfSize: 100 });
  return heap;
}

describe('SnapshotChecker', () => {
  // zst needs a decoder, and the checker takes what is unpacked
  const sound = (['real', 'synthetic'] as const).flatMap((folder) =>
    fixtureNames(folder)
      .filter((name) => !/\.(zst|zz)$|zlib/.test(name))
      .map((name) => [folder, name] as const),
  );

  test.each(sound)('%s/%s: counts as openSnapshot does', async (folder, name) => {
    const graph = await openSnapshot(fixturePath(folder, name));
    const bytes = bytesOf(folder, name);
    expect(verdictOf(bytes)).toEqual({
      nodeCount: graph.nodeCount,
      edgeCount: graph.edgeCount,
      byteLength: bytes.length,
    });
  });

  test.each(fixtureNames('invalid').filter((name) => !/\.(gz|br|zst)$/.test(name)))(
    'invalid/%s: the verdict of openSnapshot',
    async (name) => {
      const refusal = await openSnapshot(fixturePath('invalid', name)).then(
        (graph) => (graph.warnings.some(({ code }) => code === 'TRAILING_BYTES') ? 'trailing' : undefined),
        (error: SnapshotFormatError) => error,
      );
      const verdict = verdictOf(bytesOf('invalid', name));
      const isSkipped = refusal instanceof SnapshotFormatError && SKIPPED_SECTIONS.includes(refusal.section);
      if (isSkipped) return;
      expect(verdict instanceof Error, `${refusal} / ${verdict}`).toBe(refusal !== undefined);
    },
  );

  test('is the same wherever the bytes are cut, and complete at the closing brace', () => {
    const bytes = smallHeap().toBytes();
    for (const chunks of everyCut(bytes)) {
      expect(check(chunks)).toEqual({ nodeCount: 3, edgeCount: 2, byteLength: bytes.length });
    }
    const checker = new SnapshotChecker('test.heapsnapshot');
    const brace = bytes.lastIndexOf(0x7d);
    checker.write(bytes.subarray(0, brace));
    expect(checker.isComplete).toBe(false);
    checker.write(bytes.subarray(brace));
    expect(checker.isComplete).toBe(true);
  });

  test('takes rows that come before the header', () => {
    const bytes = smallHeap().toBytes({ sectionOrder: ['strings', 'edges', 'nodes'] });
    expect(check([bytes])).toEqual({ nodeCount: 3, edgeCount: 2, byteLength: bytes.length });
  });

  const text = smallHeap().toJson({ layout: 'compact' });
  test.each([
    [
      'an edge too few',
      text.replace(/"edges":\[(\d+,){3}/, '"edges":['),
      /edges, byte \d+: expected 2 edges/,
    ],
    [
      'a target that is no node',
      text.replace(/(\d+)\],"trace_function/, '9999999],"trace_function'),
      /expected/,
    ],
    ['a string that is not there', text.replace(/,"[^"]+"\]\}?\s*$/, ']}'), /string ordinals below/],
    ['an end too early', text.slice(0, -1), /got the end of the input/],
    ['more bytes', `${text} {`, /expected nothing after the end of the snapshot/],
  ])('refuses %s', (_, damaged, message) => {
    expect(damaged).not.toBe(text);
    expect(() => check([utf8(damaged)])).toThrow(SnapshotFormatError);
    expect(() => check([utf8(damaged)])).toThrow(message);
  });
});
