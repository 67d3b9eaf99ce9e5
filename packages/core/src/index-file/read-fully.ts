import { readSync } from 'node:fs';

/** One system call reads no more than 2 GiB. */
const MAX_READ = 2 ** 30;

/** Fills `bytes` from a place in the file on, as far as it goes; returns the number of bytes read. */
export function readFully(fd: number, bytes: Uint8Array, position: number): number {
  let done = 0;
  while (done < bytes.length) {
    const length = Math.min(MAX_READ, bytes.length - done);
    const read = readSync(fd, bytes, done, length, position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}
