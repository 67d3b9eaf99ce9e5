import { describe, expect, test } from 'vitest';
import {
  deepTraceTree,
  distinctClasses,
  doublyLinkedRing,
  encodeChunks,
  exampleHeap,
  islands,
  joinText,
  layeredDag,
  linearChain,
  megabytesOfSpaces,
  nestedArrays,
  star,
  stringsAcrossChunks,
  unknownNumbers,
} from '../src/index.js';

interface ParsedSnapshot {
  snapshot: { meta: { node_fields: string[] }; node_count: number; edge_count: number };
  nodes: number[];
  edges: number[];
  strings: string[];
  [section: string]: unknown;
}

const heaps: [string, () => Generator<string>, nodes: number, edges: number][] = [
  ['linearChain', () => linearChain(1000), 1000, 999],
  ['star', () => star(5000), 5002, 5001],
  ['star on few leaves', () => star(5000, 3), 5, 5001],
  ['islands', () => islands(7, 5), 41, 40],
  ['islands of one', () => islands(3, 1), 5, 4],
  ['doublyLinkedRing', () => doublyLinkedRing(100), 100, 199],
  ['distinctClasses', () => distinctClasses(300), 301, 300],
  ['layeredDag', () => layeredDag(4, 6), 25, 114],
  ['exampleHeap', () => exampleHeap(10).write(), 45, 63],
  ['nestedArrays', () => nestedArrays(500), 45, 63],
  ['deepTraceTree', () => deepTraceTree(500), 45, 63],
  ['spaces before', () => megabytesOfSpaces(100_000, 'before'), 45, 63],
  ['spaces between numbers', () => megabytesOfSpaces(100_000, 'between-numbers'), 45, 63],
  ['spaces between sections', () => megabytesOfSpaces(100_000, 'between-sections'), 45, 63],
  ['spaces behind', () => megabytesOfSpaces(100_000, 'behind'), 45, 63],
  ['unknownNumbers', () => unknownNumbers(10_000), 45, 63],
  ['stringsAcrossChunks raw', () => stringsAcrossChunks(200, 'minimal'), 201, 200],
  ['stringsAcrossChunks escaped', () => stringsAcrossChunks(200, 'v8'), 201, 200],
];

describe('heaps by formula', () => {
  test.each(heaps)('%s is a valid snapshot', (_name, write, nodeCount, edgeCount) => {
    const { snapshot, nodes, edges, strings } = JSON.parse(joinText(write())) as ParsedSnapshot;
    const width = snapshot.meta.node_fields.length;
    expect([nodes.length / width, edges.length / 3]).toEqual([nodeCount, edgeCount]);
    expect([snapshot.node_count, snapshot.edge_count]).toEqual([nodeCount, edgeCount]);
    let claimedEdges = 0;
    for (let at = 0; at < nodes.length; at += width) {
      expect(nodes[at + 1]).toBeLessThan(strings.length);
      claimedEdges += nodes[at + 4]!;
    }
    expect(claimedEdges).toBe(edgeCount);
    for (let at = 0; at < edges.length; at += 3) {
      expect(edges[at + 2]! % width).toBe(0);
      expect(edges[at + 2]).toBeLessThan(nodes.length);
    }
  });

  test('the same strings come out of every escape style', () => {
    const stringsOf = (text: string) => (JSON.parse(text) as ParsedSnapshot).strings;
    const raw = stringsOf(joinText(stringsAcrossChunks(50, 'minimal')));
    expect(stringsOf(joinText(stringsAcrossChunks(50, 'everything')))).toEqual(raw);
    expect(raw.some((text) => text.includes('😀\ud800'))).toBe(true);
  });

  test('depth costs no stack and little memory', () => {
    let length = 0;
    for (const piece of nestedArrays(2_000_000)) length += piece.length;
    for (const piece of deepTraceTree(200_000)) length += piece.length;
    expect(length).toBeGreaterThan(4_000_000);
  });
});

describe('encodeChunks', () => {
  test.each([1, 2, 3, 7, 4096])('cuts into chunks of %i bytes', (chunkSize) => {
    const text = joinText(stringsAcrossChunks(20, 'minimal'));
    const chunks = Array.from(encodeChunks(stringsAcrossChunks(20, 'minimal'), chunkSize));
    expect(chunks.slice(0, -1).every((chunk) => chunk.length === chunkSize)).toBe(true);
    expect(Buffer.concat(chunks).toString('utf8')).toBe(text);
  });
});
