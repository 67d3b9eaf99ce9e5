import { EDGE_TYPE, findUserRoots, type HeapGraph } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import type { SnapshotDigest } from './digest/snapshot-digest.js';
import { IncomparableSnapshotsError } from './incomparable-snapshots-error.js';

/** What a comparison takes: an analysed snapshot, or what was kept of one. */
export type Comparable = HeapAnalysis | SnapshotDigest;

export function isDigest(snapshot: Comparable): snapshot is SnapshotDigest {
  return 'groups' in snapshot;
}

export function isAnalysis(snapshot: Comparable): snapshot is HeapAnalysis {
  return !isDigest(snapshot);
}

/** How a snapshot was taken, as far as it changes the figures. */
export interface CaptureMode {
  /** False where V8's internals were exposed: sizes then stay where they are instead of moving to owners. */
  readonly hasUserRoots: boolean;
  /** Whether numbers are nodes with their value. */
  readonly hasNumericValues: boolean;
}

const VALUE_EDGE = 'value';

/** Reads the edges of the root, and those of number nodes up to the first one with a value. */
export function captureModeOf(graph: HeapGraph): CaptureMode {
  return {
    hasUserRoots: findUserRoots(graph.columns).length > 0,
    hasNumericValues: hasNumericValues(graph),
  };
}

function hasNumericValues(graph: HeapGraph): boolean {
  const { nodeCount, typeByNode } = graph.columns;
  const numberType = graph.nodeType.number;
  const stringType = graph.nodeType.string;
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    if (typeByNode[ordinal] !== numberType) continue;
    for (const edge of graph.node(ordinal).edges()) {
      const isValue = edge.type === EDGE_TYPE.internal && edge.name === VALUE_EDGE;
      if (isValue && typeByNode[edge.target] === stringType) return true;
    }
  }
  return false;
}

/** Throws where only some of the snapshots expose internals or numeric values: half of the heap would look new. */
export function checkSameMode(snapshots: readonly Comparable[], names: readonly string[]): void {
  const modes = snapshots.map((snapshot) => (isDigest(snapshot) ? snapshot : captureModeOf(snapshot.graph)));
  refuseMixed(
    names,
    modes.map(({ hasUserRoots }) => !hasUserRoots),
    "V8's internals (exposeInternals)",
  );
  refuseMixed(
    names,
    modes.map((mode) => mode.hasNumericValues),
    'the values of numbers (exposeNumericValues)',
  );
}

function refuseMixed(names: readonly string[], exposes: readonly boolean[], what: string): void {
  const exposing = names.filter((_, i) => exposes[i]);
  if (exposing.length === 0 || exposing.length === names.length) return;
  const others = names.filter((_, i) => !exposes[i]);
  throw new IncomparableSnapshotsError(
    `${list(exposing)} ${exposing.length === 1 ? 'exposes' : 'expose'} ${what}, ` +
      `${list(others)} ${others.length === 1 ? 'does' : 'do'} not: sizes and counts do not compare`,
  );
}

function list(names: readonly string[]): string {
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
