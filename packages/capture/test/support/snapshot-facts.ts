import { stat } from 'node:fs/promises';
import { compareFile, describeDifferences } from '@heapstream/conformance';
import { openSnapshot } from '@heapstream/core';
import { expect } from 'vitest';
import type { SavedSnapshot } from '../../src/index.js';

/** A snapshot that was captured just now: opens, is what DevTools makes of it, is private, and holds such objects. */
export async function expectSoundSnapshot(
  saved: SavedSnapshot,
  holds: { readonly className: string; readonly count: number },
): Promise<void> {
  const graph = await openSnapshot(saved.path);
  expect([graph.nodeCount, graph.edgeCount]).toEqual([saved.nodeCount, saved.edgeCount]);
  expect((await stat(saved.path)).mode & 0o777).toBe(0o600);
  expect((await stat(saved.path)).size).toBe(saved.fileSize);
  expect(countObjects(graph, holds.className)).toBe(holds.count);
  await expectConforming(saved.path);
}

/** Every number is the one that DevTools shows. */
export async function expectConforming(path: string): Promise<void> {
  const { comparison } = await compareFile(path);
  expect(describeDifferences(comparison)).toBe('no differences');
}

type Graph = Awaited<ReturnType<typeof openSnapshot>>;

/** Objects whose constructor has this name. */
export function countObjects(graph: Graph, className: string): number {
  return countNodes(graph, 'object', className);
}

export function countNodes(graph: Graph, type: string, name?: string): number {
  let count = 0;
  for (let ordinal = 0; ordinal < graph.nodeCount; ordinal++) {
    const node = graph.node(ordinal);
    if (node.type === type && (name === undefined || node.name === name)) count++;
  }
  return count;
}
