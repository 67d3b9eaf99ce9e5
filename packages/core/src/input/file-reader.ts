import { closeSync, constants, fstatSync, openSync, read, readSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import type { RandomAccessFile } from '../parse/parallel/read-phase.js';
import { asSourceError } from './source-error.js';

/** Bytes of a chunk. */
const CHUNK_BYTES = 1024 * 1024;
/** Those of the first one, also behind a jump: often enough is known then to jump again. Each is four times as long as the one before. */
const FIRST_BYTES = 64 * 1024;
const GROWTH = 4;

const readAhead = promisify(read);

/**
 * A regular file, read both in order and at any place. It is opened, and its first chunks are read, in the caller's thread: to
 * wait for others takes milliseconds in a program that has just started. Once chunks are long one is read ahead, so that the
 * disk works while the parser does.
 */
export class FileReader implements RandomAccessFile {
  readonly fd: number;
  /** Bytes of the file when it was opened. */
  readonly size: number;
  readonly #name: string;
  /** Where the next chunk begins. */
  #position = 0;
  #chunkBytes = FIRST_BYTES;
  #hasMoved = false;
  #ahead: Promise<Uint8Array> | undefined;
  #isOpen = true;

  private constructor(fd: number, size: number, name: string) {
    this.fd = fd;
    this.size = size;
    this.#name = name;
  }

  /** `undefined` where the path leads to something else. `name`: what errors call the file. */
  static open(path: string, name: string): FileReader | undefined {
    let fd: number | undefined;
    try {
      if (!statSync(path).isFile()) return undefined;
      // should it be a named pipe by now, nobody waits for who writes to it
      fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const stat = fstatSync(fd);
      if (stat.isFile()) return new FileReader(fd, stat.size, name);
    } catch (error) {
      if (fd !== undefined) closeSync(fd);
      throw asSourceError(error, name);
    }
    closeSync(fd);
    return undefined;
  }

  /** The next chunk begins at this byte. */
  seek(position: number): void {
    this.#position = position;
    this.#hasMoved = true;
  }

  readNow(buffer: Uint8Array, length: number, position: number): number {
    let there = 0;
    try {
      while (there < length) {
        const bytesRead = readSync(this.fd, buffer, there, length - there, position + there);
        if (bytesRead === 0) break;
        there += bytesRead;
      }
    } catch (error) {
      throw asSourceError(error, this.#name);
    }
    return there;
  }

  /** A chunk is valid until the next one is asked for. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const buffers = [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)];
    for (let turn = 0; ; turn ^= 1) {
      let chunk = await this.#ahead;
      this.#ahead = undefined;
      if (this.#hasMoved) {
        this.#hasMoved = false;
        this.#chunkBytes = FIRST_BYTES;
        chunk = undefined;
      }
      chunk ??= this.#readChunk(buffers[turn]);
      if (chunk.length === 0) return;
      this.#position += chunk.length;
      this.#chunkBytes = Math.min(GROWTH * this.#chunkBytes, CHUNK_BYTES);
      if (this.#chunkBytes === CHUNK_BYTES) {
        this.#ahead = this.#readAhead(buffers[turn ^ 1]);
        // a failure is seen when its turn comes, not as an unhandled rejection
        this.#ahead.catch(() => {});
      }
      yield chunk;
    }
  }

  /** Waits for a read under way, too: its number may soon be another file's. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#ahead?.catch(() => {});
    closeSync(this.fd);
  }

  #readChunk(buffer: Uint8Array): Uint8Array {
    return buffer.subarray(0, this.readNow(buffer, this.#chunkBytes, this.#position));
  }

  async #readAhead(buffer: Uint8Array): Promise<Uint8Array> {
    try {
      const { bytesRead } = await readAhead(this.fd, buffer, 0, CHUNK_BYTES, this.#position);
      return buffer.subarray(0, bytesRead);
    } catch (error) {
      throw asSourceError(error, this.#name);
    }
  }
}
