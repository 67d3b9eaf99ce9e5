import { closeSync, fstatSync, openSync, statSync, unlinkSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { IndexDamagedError } from '../errors.js';
import { COLUMN_PAGES, type ColumnPages } from '../graph/column-rows.js';
import { type Column, placeOf } from './column-tree.js';
import {
  decodePreamble,
  type IndexGroup,
  type IndexHeader,
  IndexProblem,
  type IndexSection,
  PAGE_BYTES,
  PREAMBLE_BYTES,
  type Preamble,
} from './index-format.js';
import { checkHeader } from './index-header.js';
import { PagedColumn, type PageSource } from './paged-column.js';
import { readFully } from './read-fully.js';
import { unpackValues } from './unpack-values.js';
import { UnwrittenMemory } from './unwritten-memory.js';

/** Closes the files of readers that nobody holds any more. */
const OPEN_FILES = new FinalizationRegistry<number>((fd) => closeSync(fd));

/**
 * An index file that was opened: its header is whole and makes sense, and so are its small sections. Large columns are
 * read, and checked, when they are touched; a damaged page ends in an {@link IndexDamagedError} then, and the file is
 * removed, so that the next opening makes it anew.
 */
export class IndexReader implements PageSource {
  /** Opens the file; `null` where there is none. Throws an {@link IndexProblem}, or what the file system does. */
  static open(path: string): IndexReader | null {
    let fd: number;
    try {
      fd = openSync(path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    try {
      return new IndexReader(path, fd);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  readonly path: string;
  readonly preamble: Preamble;
  readonly header: IndexHeader;
  readonly memory = new UnwrittenMemory();
  readonly #fd: number;
  /** group → its value */
  readonly #values = new Map<string, unknown>();

  private constructor(path: string, fd: number) {
    this.path = path;
    this.#fd = fd;
    const start = new Uint8Array(PREAMBLE_BYTES);
    this.preamble = decodePreamble(start.subarray(0, readFully(fd, start, 0)));
    const { committedByteLength, headerByteLength, headerChecksum, headerOffset } = this.preamble;
    if (fstatSync(fd).size < committedByteLength) throw new IndexProblem('damaged', 'its end is missing');
    const header = new Uint8Array(headerByteLength);
    if (readFully(fd, header, headerOffset) !== headerByteLength || crc32(header) !== headerChecksum) {
      throw new IndexProblem('damaged', 'its header does not match its checksum');
    }
    this.header = checkHeader(unpacked(header), headerOffset);
    OPEN_FILES.register(this, fd, this);
  }

  /** Reads the values of all groups, and the sections up to that size; throws an {@link IndexProblem} where any of it is damaged. */
  readSmallSections(smallSectionBytes: number): void {
    try {
      for (const group of this.header.groups)
        this.#values.set(group.name, this.#read(group, smallSectionBytes));
    } catch (error) {
      if (error instanceof IndexDamagedError)
        throw new IndexProblem('damaged', error.message, { cause: error });
      throw error;
    }
  }

  /** A group's value with all of its columns; `null` where the file has none of that version. Throws as reading them does. */
  readGroup(name: string, version: string): unknown {
    const group = this.header.groups.find((candidate) => candidate.name === name);
    return group?.version === version ? this.#read(group, Number.POSITIVE_INFINITY) : null;
  }

  close(): void {
    if (OPEN_FILES.unregister(this)) closeSync(this.#fd);
  }

  /** A group's value, whose large columns are read on first touch; `null` where the file has none of that version. */
  valueOf(name: string, version: string): unknown {
    const group = this.header.groups.find((candidate) => candidate.name === name);
    return group?.version === version ? this.#values.get(name) : null;
  }

  read(bytes: Uint8Array, offset: number, section: IndexSection): void {
    let read: number;
    try {
      read = readFully(this.#fd, bytes, offset);
    } catch (cause) {
      throw new IndexDamagedError(this.path, section.name, offset, { cause });
    }
    if (read !== bytes.length) this.#fail(section, offset + read);
  }

  refuse(section: IndexSection, page: number): never {
    return this.#fail(section, section.offset + page * PAGE_BYTES);
  }

  #fail(section: IndexSection, offset: number): never {
    try {
      // another process may have put a sound one in its place
      if (statSync(this.path).ino === fstatSync(this.#fd).ino) unlinkSync(this.path);
    } catch {
      // who may not remove it is told that it is damaged, all the same
    }
    throw new IndexDamagedError(this.path, section.name, offset);
  }

  #read(group: IndexGroup, smallSectionBytes: number): unknown {
    const [valueSection, ...sections] = group.sections;
    if (valueSection?.kind !== 'msgpack' || valueSection.name !== '') throw notAsWritten(group.name);
    // not every decoder takes shared memory
    const value = unpacked(Uint8Array.from(this.#columnOf(valueSection).loadAll()));
    const pagesByParent = new Map<object, Pages>();
    for (const section of sections) {
      const place = section.kind === 'msgpack' ? undefined : placeOf(value, section.name);
      if (place === undefined) throw notAsWritten(section.name);
      const { key, parent } = place;
      const paged = this.#columnOf(section);
      if (section.byteLength <= smallSectionBytes) {
        parent[key] = paged.loadAll();
        continue;
      }
      let pages = pagesByParent.get(parent);
      if (pages === undefined) {
        pages = new Pages(parent);
        pagesByParent.set(parent, pages);
      }
      pages.add(key, paged);
    }
    return value;
  }

  #columnOf(section: IndexSection): PagedColumn {
    return new PagedColumn(section, this);
  }
}

/** Puts columns into an object that are read on first touch. */
class Pages implements ColumnPages {
  readonly #parent: Record<string, unknown>;
  readonly #columns: Record<string, PagedColumn> = Object.create(null);

  constructor(parent: Record<string, unknown>) {
    this.#parent = parent;
    Object.defineProperty(parent, COLUMN_PAGES, { value: this });
  }

  add(key: string, column: PagedColumn): void {
    this.#columns[key] = column;
    // an own, enumerable property: copying the object, or sending it to a worker, reads the column
    Object.defineProperty(this.#parent, key, {
      configurable: true,
      enumerable: true,
      get: (): Column => {
        const value = column.loadAll();
        Object.defineProperty(this.#parent, key, { value, configurable: true, enumerable: true });
        return value;
      },
    });
  }

  load(column: string, first: number, end: number): unknown {
    const paged = this.#columns[column];
    return paged === undefined ? this.#parent[column] : paged.load(first, end);
  }

  lengthOf(column: string): number | undefined {
    return this.#columns[column]?.length;
  }
}

function unpacked(bytes: Uint8Array): unknown {
  try {
    return unpackValues(bytes);
  } catch (cause) {
    throw new IndexProblem('damaged', 'it holds bytes that are no MessagePack', { cause });
  }
}

function notAsWritten(name: string): IndexProblem {
  return new IndexProblem('damaged', `its section '${name}' is not as it should be`);
}
