import { gunzipSync, gzipSync } from 'node:zlib';
import { analyzeSync } from '@heapstream/dominators';
import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, test } from 'vitest';
import { graphOf } from '../../../dominators/test/support/drawn-heap.js';
import { DigestFormatError, decodeDigest, encodeDigest } from '../../src/digest/digest-file.js';
import { digestSnapshotSync } from '../../src/digest-snapshot.js';
import { arbitraryMoment } from '../support/arbitrary-moment.js';

const packr = new Packr({ useRecords: false, variableMapSize: true });
const MARK = 8;

const sample = digestSnapshotSync(
  analyzeSync(
    graphOf({
      rootOrdinal: 0,
      nodes: [
        { type: 'synthetic', id: 1, edges: [['element', 0, 1]] },
        { name: 'Object', size: 8, edges: [['property', 'a', 2]] },
        { name: 'Object', size: 8, locations: [[1, 2, 3]], edges: [['property', 'a', 1]] },
      ],
    }),
  ),
);
const bytes = encodeDigest(sample);

/** The digest with one of its fields changed on the way. */
function tampered(change: (content: Record<string, unknown>) => void): Uint8Array {
  const content = packr.unpack(gunzipSync(bytes.subarray(MARK))) as Record<string, unknown>;
  change(content);
  return Buffer.concat([bytes.subarray(0, MARK), gzipSync(packr.pack(content))]);
}

test('a digest comes back as it was written', () => {
  fc.assert(
    fc.property(arbitraryMoment, (heap) => {
      const digest = digestSnapshotSync(analyzeSync(graphOf(heap)));
      expect(decodeDigest(encodeDigest(digest))).toEqual(digest);
    }),
  );
});

test('objects are not stored', () => {
  const heap = graphOf({ rootOrdinal: 0, nodes: [{ name: 'A', size: 8 }] });
  const digest = digestSnapshotSync(analyzeSync(heap), { withObjects: true });
  expect(digest.objects).toBeDefined();
  expect(decodeDigest(encodeDigest(digest)).objects).toBeUndefined();
});

describe('what is no digest is refused, by name', () => {
  test('other bytes', () => {
    expect(() => decodeDigest(Buffer.from('{"snapshot":{}}'), 'a.json')).toThrow(
      'a.json: is no digest of a heap snapshot',
    );
    expect(() => decodeDigest(new Uint8Array(0))).toThrow(DigestFormatError);
  });

  test.each<[string, (content: Record<string, unknown>) => void]>([
    ["the field 'texts' is missing", (content) => delete content.texts],
    ['nodeCount: expected a whole number, 0 or more, got -1', (content) => (content.nodeCount = -1)],
    ['totalSize: expected a whole number, 0 or more, got 1.5', (content) => (content.totalSize = 1.5)],
    ['hasUserRoots: expected true or false, got 1', (content) => (content.hasUserRoots = 1)],
    ['shapes: expected a list, got text', (content) => (content.shapes = 'text')],
    [
      'shapes[0]: expected a list of whole numbers below 1, got a list',
      (content) => (content.shapes = [[1]]),
    ],
    [
      'interfaces[0]: expected a name and a list of properties, got an object',
      (content) => (content.interfaces = [{}]),
    ],
    ['groups: expected the fields of a digest, got null', (content) => (content.groups = null)],
    [
      'groups: name[0]: expected a whole number below 1, got 7',
      (content) => ((content.groups as { name: number[] }).name[0] = 7),
    ],
    [
      'groups: count: expected 2 entries, got 0',
      (content) => ((content.groups as { count: number[] }).count = []),
    ],
    [
      'groups: location: expected script, text, line and column, got [1]',
      (content) => ((content.groups as { location: unknown[] }).location[0] = [1]),
    ],
    [
      'nesting: parentByEntry[0]: expected the position of an earlier entry or -1, got 0',
      (content) => ((content.nesting as { parentByEntry: number[] }).parentByEntry[0] = 0),
    ],
    [
      'nesting: groupByEntry[0]: expected a whole number below 2, got 9',
      (content) => ((content.nesting as { groupByEntry: number[] }).groupByEntry[0] = 9),
    ],
  ])('%s', (problem, change) => {
    expect(() => decodeDigest(tampered(change), 'x')).toThrow(new DigestFormatError('x', problem));
  });

  test('a list that claims to be endless', () => {
    const claim = Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff]);
    expect(() => decodeDigest(Buffer.concat([bytes.subarray(0, MARK), gzipSync(claim)]))).toThrow(
      DigestFormatError,
    );
  });

  test('any damage', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at] ^= flip;
        try {
          // the header of gzip holds bytes that nobody reads
          expect(decodeDigest(damaged)).toEqual(sample);
        } catch (error) {
          expect(error).toBeInstanceOf(DigestFormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
