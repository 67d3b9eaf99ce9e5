import { crc32 } from 'node:zlib';

/*
 * The layout of `<file>.heapidx`; docs/index-file.md describes it for other readers.
 *
 *   preamble │ sections of the graph │ header │ sections of the analysis │ header
 *                                      (dead)                              ▲ the preamble names this one
 */

/** Changes with the layout; a file of another version is made anew. */
export const FORMAT_VERSION = 1;
/** The version of the package: what another version computed may differ. */
export const ENGINE_VERSION = '0.1.0';

/** `0x89 HEAPIDX`: the first byte is no ASCII, so that nobody takes the file for text. */
const MAGIC = Uint8Array.of(0x89, 0x48, 0x45, 0x41, 0x50, 0x49, 0x44, 0x58);
/** Written in the machine's byte order, as every number of the file. */
const BYTE_ORDER = 0x01020304;

export const PREAMBLE_BYTES = 64;
const PREAMBLE_CHECKED_BYTES = 60;
const FILE_ID_BYTES = 16;

/** Bytes that have one checksum, and are read together. */
export const PAGE_BYTES = 16 * 1024;
/** Sections up to this size are read and checked when the file is opened, larger ones page by page. */
export const SMALL_SECTION_BYTES = 256 * 1024;

/** Sections begin at multiples of this, those of a disk page and more at multiples of a disk page. */
const ALIGNMENT = 64;
const DISK_PAGE = 4096;
/** No header of ours comes near; what a damaged preamble claims is not allocated for. */
const MAX_HEADER_BYTES = 2 ** 30;

/** What the values of a section are. */
export type SectionKind = 'u8' | 'u32' | 'f64' | 'msgpack';

export const BYTES_PER_ELEMENT: Readonly<Record<SectionKind, number>> = { u8: 1, u32: 4, f64: 8, msgpack: 1 };

/** A run of bytes in the file. */
export interface IndexSection {
  /** The way to the column in the group's value, `/` between keys; empty for the value without its columns. */
  readonly name: string;
  readonly kind: SectionKind;
  /** From the start of the file. */
  readonly offset: number;
  readonly byteLength: number;
  /** CRC-32 of each {@link PAGE_BYTES}, the last one shorter, as numbers in the machine's byte order. */
  readonly checksums: Uint8Array;
}

/** What one package stored. */
export interface IndexGroup {
  readonly name: string;
  /** Of whoever stored it. */
  readonly version: string;
  readonly sections: readonly IndexSection[];
}

/** What a file was made from. */
export interface SnapshotIdentity {
  /** Bytes. */
  readonly size: number;
  /** Nanoseconds since 1970, in decimal digits. */
  readonly modified: string;
  /** CRC-32 of parts of the file (`readIdentity`). */
  readonly sample: readonly number[];
}

export interface IndexHeader {
  readonly engine: string;
  readonly snapshot: SnapshotIdentity;
  /** What the snapshot was opened with, as far as it could change the outcome. */
  readonly options: string;
  readonly groups: readonly IndexGroup[];
}

/** The first 64 bytes. */
export interface Preamble {
  readonly headerOffset: number;
  readonly headerByteLength: number;
  readonly headerChecksum: number;
  /** Bytes up to here are valid; what follows was being added when the writer stopped. */
  readonly committedByteLength: number;
  /** Random: tells this file from one that took its place. */
  readonly fileId: string;
}

/** Why an index file is not used. */
export type IndexFault = 'foreign' | 'stale' | 'damaged';

/** Thrown while an index file is opened; never leaves this folder. */
export class IndexProblem extends Error {
  readonly fault: IndexFault;

  constructor(fault: IndexFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

export function encodePreamble(preamble: Preamble): Uint8Array {
  const bytes = new Uint8Array(PREAMBLE_BYTES);
  const u32 = new Uint32Array(bytes.buffer);
  const u64 = new BigUint64Array(bytes.buffer);
  bytes.set(MAGIC);
  u32[2] = BYTE_ORDER;
  u32[3] = FORMAT_VERSION;
  u32[4] = PAGE_BYTES;
  u32[5] = preamble.headerByteLength;
  u64[3] = BigInt(preamble.headerOffset);
  u64[4] = BigInt(preamble.committedByteLength);
  bytes.set(Buffer.from(preamble.fileId, 'hex'), 40);
  u32[14] = preamble.headerChecksum;
  u32[15] = crc32(bytes.subarray(0, PREAMBLE_CHECKED_BYTES));
  return bytes;
}

/** Throws an {@link IndexProblem} for what is no preamble of this version and byte order. */
export function decodePreamble(bytes: Uint8Array): Preamble {
  if (bytes.length < PREAMBLE_BYTES)
    throw new IndexProblem('damaged', 'it is shorter than its first 64 bytes');
  const u32 = new Uint32Array(bytes.slice(0, PREAMBLE_BYTES).buffer);
  const u64 = new BigUint64Array(u32.buffer);
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) throw new IndexProblem('foreign', 'it is no index file');
  if (u32[2] !== BYTE_ORDER) throw new IndexProblem('foreign', 'it was written in another byte order');
  if (u32[3] !== FORMAT_VERSION || u32[4] !== PAGE_BYTES) {
    throw new IndexProblem('foreign', `it has format ${u32[3]}, not ${FORMAT_VERSION}`);
  }
  if (u32[15] !== crc32(bytes.subarray(0, PREAMBLE_CHECKED_BYTES))) {
    throw new IndexProblem('damaged', 'its first 64 bytes do not match their checksum');
  }
  const preamble = {
    headerOffset: Number(u64[3]),
    headerByteLength: u32[5],
    headerChecksum: u32[14],
    committedByteLength: Number(u64[4]),
    fileId: Buffer.from(bytes.subarray(40, 40 + FILE_ID_BYTES)).toString('hex'),
  };
  const headerEnd = preamble.headerOffset + preamble.headerByteLength;
  if (preamble.headerByteLength > MAX_HEADER_BYTES || headerEnd !== preamble.committedByteLength) {
    throw new IndexProblem('damaged', 'its header lies where none can lie');
  }
  return preamble;
}

/** The next place where a section of so many bytes may begin. */
export function alignedOffset(offset: number, byteLength: number): number {
  const alignment = byteLength >= DISK_PAGE ? DISK_PAGE : ALIGNMENT;
  return Math.ceil(offset / alignment) * alignment;
}

export function pageCountOf(byteLength: number): number {
  return Math.ceil(byteLength / PAGE_BYTES);
}
