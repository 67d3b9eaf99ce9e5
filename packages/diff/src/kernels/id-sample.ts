import { type GraphColumns, mixHash, StringTable } from '@heapstream/core';

/** Ids that a sample holds, about: all of a small heap. */
const SAMPLE_SIZE = 1 << 16;
const TWO_32 = 2 ** 32;

/** What some ids of a snapshot stand for. */
export interface IdSample {
  /** Sampled are the ids whose hash is below this, so that samples of two snapshots hold the same ones. */
  readonly bound: number;
  /** Ascending. */
  readonly ids: Float64Array;
  /** Hash of the object's type and name, one an id. */
  readonly fingerprints: Uint32Array;
}

/** Samples the ids of a graph. `objectsById`: the nodes to choose from, by id. */
export function sampleIds(columns: GraphColumns, objectsById: Uint32Array): IdSample {
  const { idByNode, meta, nameByNode, typeByNode } = columns;
  const strings = new StringTable(columns);
  const hashByType = meta.nodeTypes.map((name) => hashOfBytes(new TextEncoder().encode(name)));
  const bound = objectsById.length <= SAMPLE_SIZE ? TWO_32 : (TWO_32 / objectsById.length) * SAMPLE_SIZE;
  const ids: number[] = [];
  const fingerprints: number[] = [];
  for (const node of objectsById) {
    const id = idByNode[node];
    if (hashOfId(id) >= bound) continue;
    ids.push(id);
    const name = hashOfBytes(strings.bytesOf(nameByNode[node]));
    fingerprints.push(mixHash(hashByType[typeByNode[node]], name));
  }
  return { bound, ids: Float64Array.from(ids), fingerprints: Uint32Array.from(fingerprints) };
}

/** Ids that stand in two samples, and how many of them name an object of another type or name. */
export interface IdEvidence {
  readonly compared: number;
  readonly changed: number;
}

export function compareSamples(a: IdSample, b: IdSample): IdEvidence {
  const bound = Math.min(a.bound, b.bound);
  let compared = 0;
  let changed = 0;
  for (let i = 0, j = 0; i < a.ids.length && j < b.ids.length; ) {
    if (a.ids[i] < b.ids[j]) i++;
    else if (a.ids[i] > b.ids[j]) j++;
    else {
      if (hashOfId(a.ids[i]) < bound) {
        compared++;
        if (a.fingerprints[i] !== b.fingerprints[j]) changed++;
      }
      i++;
      j++;
    }
  }
  return { compared, changed };
}

function hashOfId(id: number): number {
  return mixHash(mixHash(0, id % TWO_32), Math.floor(id / TWO_32)) >>> 0;
}

function hashOfBytes(bytes: Uint8Array): number {
  let hash = bytes.length;
  for (let at = 0; at < bytes.length; at++) hash = mixHash(hash, bytes[at]);
  return hash;
}
