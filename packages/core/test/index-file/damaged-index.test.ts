import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { IndexDamagedError } from '../../src/errors.js';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import { IndexReader } from '../../src/index-file/index-reader.js';
import { reopenGraph } from '../../src/index-file/reopen-graph.js';
import { readIdentity } from '../../src/index-file/snapshot-identity.js';
import type { WantedIndex } from '../../src/index-file/wanted-index.js';
import { openSnapshot } from '../../src/open-snapshot.js';
import { drawnSnapshot } from '../support/drawn-snapshot.js';
import { fixturePath } from '../support/fixtures.js';
import { answersOf, reopenPaged, snapshotFile } from '../support/indexed-graph.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
let snapshot: string;
let index: string;
let whole: Buffer;
let wanted: WantedIndex;
let answers: string;

beforeAll(async () => {
  snapshot = snapshotFile(folder, drawnSnapshot());
  index = `${snapshot}.heapidx`;
  answers = JSON.stringify(answersOf(await openSnapshot(snapshot, { index: true })));
  whole = readFileSync(index);
  const reader = IndexReader.open(index)!;
  wanted = reader.header;
  reader.close();
});

/** The bytes as an index file: the right answers, or none. */
function verdictOf(bytes: Uint8Array): 'right' | 'refused' {
  writeFileSync(index, bytes);
  const graph = reopenGraph(index, wanted);
  if (!(graph instanceof HeapGraph)) return 'refused';
  expect(JSON.stringify(answersOf(graph))).toBe(answers);
  return 'right';
}

describe('a small index file', () => {
  test('with any one byte changed gives right answers or is refused', () => {
    let refused = 0;
    for (let position = 0; position < whole.length; position++) {
      const bytes = Uint8Array.from(whole);
      bytes[position] ^= position % 3 === 0 ? 0xff : 1 << (position % 8);
      if (verdictOf(bytes) === 'refused') refused++;
    }
    // what is left is padding between sections
    expect(refused).toBeGreaterThan(whole.length / 2);
    expect(verdictOf(whole)).toBe('right');
  });

  test('cut off at any length is refused', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(verdictOf(whole.subarray(0, length))).toBe('refused');
    }
  });

  test('with bytes behind it, as an interrupted writer leaves them, is taken', () => {
    expect(verdictOf(Buffer.concat([whole, Buffer.from('half a section')]))).toBe('right');
  });

  test.each(['', 'HEAPIDX', 'not an index file at all, but a text that is longer than a preamble, by far'])(
    'that is something else (%j) is made anew',
    async (text) => {
      writeFileSync(index, text);
      expect(JSON.stringify(answersOf(await openSnapshot(snapshot, { index: true })).nodes)).toBe(
        JSON.stringify(JSON.parse(answers).nodes),
      );
      expect(reopenGraph(index, wanted)).toBeInstanceOf(HeapGraph);
    },
  );

  test('is made anew where it is damaged, with a warning', async () => {
    const bytes = Uint8Array.from(whole);
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(index, bytes);
    const graph = await openSnapshot(snapshot, { index: true });
    expect(graph.warnings).toEqual([
      {
        code: 'INDEX_REBUILT',
        message: `the index file ${index} was damaged (its header does not match its checksum) and was made anew`,
      },
    ]);
    expect((await openSnapshot(snapshot, { index: true })).warnings).toEqual([]);
    expect(reopenGraph(index, wanted)).toBeInstanceOf(HeapGraph);
  });
});

describe('a large index file', () => {
  const real = fixturePath('real', 'node-24.heapsnapshot.br');

  async function copied() {
    const path = `${folder}/real.heapsnapshot.br`;
    copyFileSync(real, path);
    return { path, index: `${path}.heapidx`, graph: await openSnapshot(path, { index: true }) };
  }

  test('answers questions that do not touch the damage, and no others', async () => {
    const { graph, index: indexOfReal } = await copied();
    const reader = IndexReader.open(indexOfReal)!;
    const section = reader.header.groups[0].sections.find(({ name }) => name === 'columns/targetByEdge')!;
    const bytes = readFileSync(indexOfReal);
    const firstEdge = graph.columns.firstEdgeByNode;
    const last = graph.edgeCount - 1;
    bytes[section.offset + last * 4] ^= 1;
    writeFileSync(indexOfReal, bytes);

    const reopened = reopenPaged(indexOfReal);
    expect([...reopened.node(0).edges()].map(({ target }) => target)).toEqual([
      ...graph.columns.targetByEdge.subarray(0, firstEdge[1]),
    ]);
    expect(existsSync(indexOfReal)).toBe(true);
    const source = graph.columns.firstEdgeByNode.findLastIndex((first) => first <= last);
    const touch = () => [...reopened.node(source).edges()].map(({ target }) => target);
    for (let time = 0; time < 2; time++) {
      expect(touch).toThrow(IndexDamagedError);
      expect(() => reopened.columns.targetByEdge).toThrow(
        /real\.heapsnapshot\.br\.heapidx: columns\/targetByEdge, byte \d+: the index file is damaged and of no use; open the snapshot again/,
      );
    }
    // the next one makes it anew
    expect(existsSync(indexOfReal)).toBe(false);
  });

  test('that is cut off while it is open ends in the same error', async () => {
    const { index: indexOfReal } = await copied();
    const reopened = reopenPaged(indexOfReal);
    truncateSync(indexOfReal, Math.floor(statSync(indexOfReal).size / 2));
    expect(() => structuredClone(reopened.columns)).toThrow(IndexDamagedError);
  });

  test('reads the pages that a question touches, not the column', async () => {
    const { index: indexOfReal } = await copied();
    const reopened = reopenPaged(indexOfReal);
    // were the column read whole, this damage would be found
    const bytes = readFileSync(indexOfReal);
    const reader = IndexReader.open(indexOfReal)!;
    for (const { byteLength, name, offset } of reader.header.groups[0].sections) {
      if (name.endsWith('Edge')) bytes.fill(0xaa, offset + Math.floor(byteLength / 2), offset + byteLength);
    }
    writeFileSync(indexOfReal, bytes);
    expect([...reopened.root.edges()].map(({ name, type }) => `${type} ${name}`).length).toBeGreaterThan(0);
  });
});

test('the sample covers all bytes of a small snapshot', () => {
  const before = readIdentity(snapshot)!.identity;
  const bytes = readFileSync(snapshot);
  for (let position = 0; position < bytes.length; position += 7) {
    const changed = Uint8Array.from(bytes);
    changed[position] ^= 1;
    const path = snapshotFile(folder, changed);
    expect(readIdentity(path)!.identity.sample).not.toEqual(before.sample);
  }
});
