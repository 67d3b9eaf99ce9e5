import { crc32 } from 'node:zlib';
import { preferHugePages } from '../memory/huge-pages.js';
import type { Column } from './column-tree.js';
import {
  BYTES_PER_ELEMENT,
  type IndexSection,
  PAGE_BYTES,
  pageCountOf,
  type SectionKind,
} from './index-format.js';
import { type ColumnRoom, OWN_BLOCK_BYTES, type UnwrittenMemory } from './unwritten-memory.js';

/** Pages that are read in one go. */
const PAGES_PER_READ = 64;

/** Where the pages of a column come from. */
export interface PageSource {
  /** What the columns lie in. */
  readonly memory: UnwrittenMemory;
  /** Fills `bytes` from there in the file, or throws. */
  read(bytes: Uint8Array, offset: number, section: IndexSection): void;
  /** Called with a page that does not match its checksum; throws. */
  refuse(section: IndexSection, page: number): never;
}

/**
 * A column of which only those pages are in memory that somebody asked for. Every page is checked when it comes in.
 */
export class PagedColumn {
  /** Elements. */
  readonly length: number;
  /** The column in its full length; 0 where it has not been read. Made when the first page is. */
  #array: Column | undefined;
  readonly #section: IndexSection;
  readonly #checksums: DataView;
  /** page → 1 where it is in memory */
  readonly #isThere: Uint8Array;
  readonly #elementBytes: number;
  #missing: number;
  /** Given up when all is there, so that the file can be closed. */
  #source: PageSource | null;

  constructor(section: IndexSection, source: PageSource) {
    this.#section = section;
    const { buffer, byteOffset, byteLength } = section.checksums;
    this.#checksums = new DataView(buffer, byteOffset, byteLength);
    this.#missing = pageCountOf(section.byteLength);
    this.#isThere = new Uint8Array(this.#missing);
    this.#elementBytes = BYTES_PER_ELEMENT[section.kind];
    this.length = section.byteLength / this.#elementBytes;
    this.#source = source;
  }

  /** Reads what is missing of the elements `[first, end)`. */
  load(first: number, end: number): Column {
    this.#array ??= this.#empty();
    if (this.#missing === 0 || !(end > first)) return this.#array;
    const lastByte = Math.min(end * this.#elementBytes, this.#section.byteLength) - 1;
    const lastPage = Math.floor(lastByte / PAGE_BYTES);
    for (let page = Math.floor((first * this.#elementBytes) / PAGE_BYTES); page <= lastPage; page++) {
      if (this.#isThere[page] === 0) page = this.#read(page, lastPage);
    }
    return this.#array;
  }

  /** Reads all that is missing. */
  loadAll(): Column {
    const column = this.load(0, 0);
    // not for single pages: each would take 2 MiB, and asking takes longer than reading some of them
    if (this.#missing > 0 && column.byteLength >= OWN_BLOCK_BYTES) {
      preferHugePages(column.buffer as SharedArrayBuffer);
    }
    return this.load(0, this.length);
  }

  /** Reads missing pages from `first` on that stand together, `last` at most; returns the last it read. */
  #read(first: number, last: number): number {
    const section = this.#section;
    let end = first + 1;
    while (end <= last && end - first < PAGES_PER_READ && this.#isThere[end] === 0) end++;
    const start = first * PAGE_BYTES;
    const byteLength = Math.min(end * PAGE_BYTES, section.byteLength) - start;
    const { buffer, byteOffset } = this.#array!;
    const bytes = new Uint8Array(buffer, byteOffset + start, byteLength);
    this.#source!.read(bytes, section.offset + start, section);
    for (let page = first; page < end; page++) {
      const at = (page - first) * PAGE_BYTES;
      if (crc32(bytes.subarray(at, at + PAGE_BYTES)) !== this.#checksumOf(page)) {
        this.#source!.refuse(section, page);
      }
      this.#isThere[page] = 1;
      this.#missing--;
    }
    if (this.#missing === 0) this.#source = null;
    return end - 1;
  }

  #empty(): Column {
    const { byteLength, kind } = this.#section;
    return columnAt(this.#source!.memory.take(byteLength), kind, this.length);
  }

  #checksumOf(page: number): number {
    return this.#checksums.getUint32(page * 4, IS_LITTLE_ENDIAN);
  }
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

function columnAt({ buffer, byteOffset }: ColumnRoom, kind: SectionKind, length: number): Column {
  if (kind === 'f64') return new Float64Array(buffer, byteOffset, length);
  return kind === 'u32'
    ? new Uint32Array(buffer, byteOffset, length)
    : new Uint8Array(buffer, byteOffset, length);
}
