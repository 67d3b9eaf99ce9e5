import { gunzipSync, gzipSync } from 'node:zlib';
import { HeapstreamError, type SourceLocation } from '@heapstream/core';
import { Packr } from 'msgpackr/pack';
import { DigestReader } from './digest-reader.js';
import type { DigestGroup, GroupNesting, SnapshotDigest } from './snapshot-digest.js';

/*
 * A digest as a file: 8 bytes that tell it, then msgpack under gzip, whose checksum tells damage. What repeats is stored
 * once: names and scripts in a list of texts, groups as columns.
 */

const MAGIC = new TextEncoder().encode('heapdig1');
/** What the packed part may expand to: a thousand times a digest of the usual size. */
const MAX_UNPACKED = 2 ** 29;

/** The bytes are no digest, or a damaged one; the message names the file and the field. */
export class DigestFormatError extends HeapstreamError {
  readonly file: string;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super('BAD_DIGEST', `${file}: ${problem}`, options);
    this.file = file;
  }
}

/** Whether these are the first bytes of a digest. */
export function startsDigest(bytes: Uint8Array): boolean {
  return bytes.length >= MAGIC.length && MAGIC.every((byte, i) => bytes[i] === byte);
}

/** Bytes that {@link startsDigest} needs. */
export const DIGEST_MARK_LENGTH = MAGIC.length;

const packr = new Packr({ useRecords: false, variableMapSize: true });

/** The digest as bytes to be stored; objects are left out. */
export function encodeDigest(digest: SnapshotDigest): Uint8Array {
  const { groups, nesting, objects: _, ...rest } = digest;
  const texts = new TextList();
  const packed = packr.pack({
    ...rest,
    groups: {
      name: groups.map(({ name }) => texts.add(name)),
      location: groups.map(({ location }) => packLocation(location, texts)),
      shape: groups.map(({ shape }) => shape),
      count: groups.map(({ count }) => count),
      shallowSize: groups.map(({ shallowSize }) => shallowSize),
      retainedSize: groups.map(({ retainedSize }) => retainedSize),
    },
    nesting,
    texts: texts.list,
  });
  return Buffer.concat([MAGIC, gzipSync(packed, { level: 9 })]);
}

/** Reads what {@link encodeDigest} wrote; throws a {@link DigestFormatError} for anything else. `file` is for its message. */
export function decodeDigest(bytes: Uint8Array, file = '<digest>'): SnapshotDigest {
  if (!startsDigest(bytes)) throw new DigestFormatError(file, 'is no digest of a heap snapshot');
  let content: unknown;
  try {
    content = packr.unpack(gunzipSync(bytes.subarray(MAGIC.length), { maxOutputLength: MAX_UNPACKED }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DigestFormatError(file, `the digest is damaged or cut short (${reason})`, { cause });
  }
  const read = new DigestReader(content, (problem) => new DigestFormatError(file, problem));
  const texts = read.texts('texts');
  const propertyNames = read.texts('propertyNames');
  const shapes = read.lists('shapes', propertyNames.length);
  const groups = readGroups(read, texts, shapes.length);
  return {
    nodeCount: read.integer('nodeCount'),
    edgeCount: read.integer('edgeCount'),
    totalSize: read.size('totalSize'),
    extraNativeBytes: read.size('extraNativeBytes'),
    hasUserRoots: read.flag('hasUserRoots'),
    hasNumericValues: read.flag('hasNumericValues'),
    interfaces: read.interfaces('interfaces'),
    groups,
    propertyNames,
    shapes,
    nesting: readNesting(read, groups.length),
    unshapedObjects: read.integer('unshapedObjects'),
  };
}

function readGroups(read: DigestReader, texts: readonly string[], shapeCount: number): DigestGroup[] {
  const columns = read.inner('groups');
  const names = columns.integers('name', { below: texts.length });
  const { length } = names;
  const locations = columns.rows('location', length);
  const shapes = columns.integers('shape', { length, below: shapeCount, orNull: true });
  const counts = columns.integers('count', { length });
  const shallowSizes = columns.integers('shallowSize', { length });
  const retainedSizes = columns.integers('retainedSize', { length });
  return names.map((name, group) => ({
    name: texts[name!],
    location: unpackLocation(locations[group], texts, columns),
    shape: shapes[group],
    count: counts[group]!,
    shallowSize: shallowSizes[group]!,
    retainedSize: retainedSizes[group]!,
  }));
}

function readNesting(read: DigestReader, groupCount: number): GroupNesting | null {
  if (read.isNull('nesting')) return null;
  const columns = read.inner('nesting');
  const groupByEntry = columns.integers('groupByEntry', { below: groupCount }) as number[];
  const { length } = groupByEntry;
  const retainedSizeByEntry = columns.integers('retainedSizeByEntry', { length }) as number[];
  // an entry above comes first: no circle
  const parentByEntry = columns.parents('parentByEntry', length);
  return { parentByEntry, groupByEntry, retainedSizeByEntry };
}

/** `[script id, text of the script or -1, line, column]` */
type PackedLocation = readonly [number, number, number, number] | null;

const NO_TEXT = -1;

function packLocation(location: SourceLocation | null, texts: TextList): PackedLocation {
  if (location === null) return null;
  const { column, line, scriptId, scriptName } = location;
  return [scriptId, scriptName === null ? NO_TEXT : texts.add(scriptName), line, column];
}

function unpackLocation(
  row: readonly number[] | null,
  texts: readonly string[],
  columns: DigestReader,
): SourceLocation | null {
  if (row === null) return null;
  const [scriptId, script, line, column] = row;
  const isWhole = row.length === 4 && Number.isInteger(script) && script >= NO_TEXT && script < texts.length;
  if (!isWhole) throw columns.problem('location', 'script, text, line and column', JSON.stringify(row));
  return { scriptId, scriptName: script === NO_TEXT ? null : texts[script], line, column };
}

/** Texts, each once. */
class TextList {
  readonly list: string[] = [];
  readonly #positionByText = new Map<string, number>();

  add(text: string): number {
    let position = this.#positionByText.get(text);
    if (position === undefined) {
      position = this.list.push(text) - 1;
      this.#positionByText.set(text, position);
    }
    return position;
  }
}
