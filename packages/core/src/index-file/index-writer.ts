import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { OperationAbortedError } from '../errors.js';
import { type Column, kindOf, splitColumns } from './column-tree.js';
import {
  alignedOffset,
  encodePreamble,
  type IndexGroup,
  type IndexHeader,
  type IndexSection,
  PAGE_BYTES,
  PREAMBLE_BYTES,
  type Preamble,
  pageCountOf,
  type SectionKind,
} from './index-format.js';
import { packValues } from './pack-values.js';
import type { SnapshotFile } from './snapshot-identity.js';

/** Bytes handed to the system at once; the checksums of a piece are made while it is written. */
const PIECE_BYTES = 8 * 1024 * 1024;

/** A value with its columns, under a name. */
export interface GroupValue {
  readonly name: string;
  /** Of the code that made the value: it is not given back to another version. */
  readonly version: string;
  readonly value: unknown;
}

/** What is told while an index file is written. */
export interface IndexProgress {
  readonly phase: 'index';
  /** Bytes written, and their number. */
  readonly done: number;
  readonly total: number;
}

export interface WriteOptions {
  /** Aborting rejects with an `OperationAbortedError`, and leaves what was there before. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
}

export interface WrittenIndex {
  readonly preamble: Preamble;
  readonly header: IndexHeader;
}

/**
 * Makes an index file: under another name in the same folder, synced to the disk, then renamed. Whoever opens `path`
 * meanwhile sees the file before or after. What goes wrong leaves nothing behind.
 */
export async function createIndexFile(
  path: string,
  header: Omit<IndexHeader, 'groups'>,
  snapshot: Pick<SnapshotFile, 'mode' | 'groupId'>,
  group: GroupValue,
  options: WriteOptions,
): Promise<WrittenIndex> {
  return writeAside(path, async (temporary) => {
    // nobody else may read it until it is known who may
    const file = await open(temporary, 'wx', 0o600);
    try {
      await giveModeOf(snapshot, file);
      return await addGroups(file, { ...header, groups: [] }, PREAMBLE_BYTES, [group], options);
    } finally {
      await file.close();
    }
  });
}

/** Copies the valid part of an index file, adds groups, and puts the copy in its place. */
export async function copyIndexFile(
  path: string,
  { committedByteLength }: Preamble,
  header: IndexHeader,
  groups: readonly GroupValue[],
  options: WriteOptions,
): Promise<void> {
  await writeAside(path, async (temporary) => {
    // where the file system can, the copy shares the original's blocks
    await copyFile(path, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const file = await open(temporary, 'r+');
    try {
      await file.truncate(committedByteLength);
      await addGroups(file, header, committedByteLength, groups, options);
    } finally {
      await file.close();
    }
  });
}

/**
 * Adds groups to a file that this process made: behind what is there, with a new header, to which the preamble is
 * turned last. A reader sees one header or the other, and both are true. What goes wrong leaves the file as it was.
 */
export async function extendIndexFile(
  path: string,
  { committedByteLength, fileId }: Preamble,
  header: IndexHeader,
  groups: readonly GroupValue[],
  options: WriteOptions,
): Promise<WrittenIndex> {
  const file = await open(path, 'r+');
  try {
    return await addGroups(file, header, committedByteLength, groups, options, fileId);
  } catch (error) {
    await file.truncate(committedByteLength).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

async function writeAside<T>(path: string, write: (temporary: string) => Promise<T>): Promise<T> {
  const temporary = `${path}.${process.pid}.${randomHex(4)}.tmp`;
  try {
    const result = await write(temporary);
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return result;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** Writes the sections of groups from `start` on, the header, and, when these are on the disk, the preamble. */
async function addGroups(
  file: FileHandle,
  header: IndexHeader,
  start: number,
  groups: readonly GroupValue[],
  options: WriteOptions,
  fileId = randomHex(16),
): Promise<WrittenIndex> {
  const parts = groups.map(({ name, value, version }) => {
    const { columns, values } = splitColumns(value);
    // small sections, which are read first, come first
    const inOrder = [...columns].sort(([, a], [, b]) => a.byteLength - b.byteLength);
    return { name, version, columns: inOrder, packedValues: packValues(values) };
  });
  let total = 0;
  for (const { columns, packedValues } of parts) {
    total += columns.reduce((sum, [, column]) => sum + column.byteLength, packedValues.length);
  }
  const sections = new SectionWriter(file, start, total, options);
  const written: IndexGroup[] = [];
  for (const { columns, name, packedValues, version } of parts) {
    const first = sections.written.length;
    await sections.add('', 'msgpack', packedValues);
    for (const [place, column] of columns) await sections.add(place, kindOf(column), column);
    written.push({ name, version, sections: sections.written.slice(first) });
  }
  const whole: IndexHeader = { ...header, groups: [...header.groups, ...written] };
  const packed = packValues(whole);
  const headerOffset = alignedOffset(sections.end, packed.length);
  await writeFully(file, packed, headerOffset);
  const preamble: Preamble = {
    headerOffset,
    headerByteLength: packed.length,
    headerChecksum: crc32(packed),
    committedByteLength: headerOffset + packed.length,
    fileId,
  };
  await file.sync();
  throwIfAborted(options.signal);
  await writeFully(file, encodePreamble(preamble), 0);
  await file.sync();
  return { preamble, header: whole };
}

class SectionWriter {
  readonly written: IndexSection[] = [];
  end: number;
  readonly #file: FileHandle;
  readonly #total: number;
  readonly #options: WriteOptions;
  #done = 0;

  constructor(file: FileHandle, start: number, total: number, options: WriteOptions) {
    this.#file = file;
    this.end = start;
    this.#total = total;
    this.#options = options;
  }

  async add(name: string, kind: SectionKind, column: Column): Promise<void> {
    const { byteLength } = column;
    const offset = alignedOffset(this.end, byteLength);
    const checksums = new Uint32Array(pageCountOf(byteLength));
    for (let start = 0; start < byteLength; start += PIECE_BYTES) {
      throwIfAborted(this.#options.signal);
      const piece = bytesOf(column, start, Math.min(byteLength, start + PIECE_BYTES));
      const writing = writeFully(this.#file, piece, offset + start);
      for (let at = 0; at < piece.length; at += PAGE_BYTES) {
        checksums[(start + at) / PAGE_BYTES] = crc32(piece.subarray(at, at + PAGE_BYTES));
      }
      await writing;
      this.#done += piece.length;
      this.#options.onProgress?.({ phase: 'index', done: this.#done, total: this.#total });
    }
    this.end = offset + byteLength;
    this.written.push({
      name,
      kind,
      offset,
      byteLength,
      checksums: bytesOf(checksums, 0, checksums.byteLength),
    });
  }
}

async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** A part of the column's own memory; the whole may be longer than an array of bytes can be. */
function bytesOf({ buffer, byteOffset }: Column, start: number, end: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset + start, end - start);
}

/** The snapshot's permissions; those of its group only if the file can be given to that group. */
async function giveModeOf(
  { groupId, mode }: Pick<SnapshotFile, 'mode' | 'groupId'>,
  file: FileHandle,
): Promise<void> {
  let permissions = mode & 0o666;
  const own = await file.stat();
  if (own.gid !== groupId) {
    await file.chown(own.uid, groupId).catch(() => {
      permissions &= ~0o060;
    });
  }
  await file.chmod(permissions | 0o600);
}

/** Makes the rename last; not every system can do that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

function randomHex(byteLength: number): string {
  return Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(byteLength))).toString('hex');
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new OperationAbortedError('writing the index file', { cause: signal.reason });
}
