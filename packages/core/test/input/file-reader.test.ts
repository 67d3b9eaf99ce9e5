import { execFileSync } from 'node:child_process';
import { fstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SnapshotSourceError } from '../../src/errors.js';
import { FileReader } from '../../src/input/file-reader.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SIZE = 5_000_000;
// no two chunks are alike
const content = Buffer.alloc(SIZE);
for (let at = 0; at + 4 <= SIZE; at += 4) content.writeUInt32LE(Math.imul(at, 0x9e3779b1) >>> 0, at);
const folder = temporaryFolder();
const path = join(folder, 'file');
writeFileSync(path, content);

function opened(file = path): FileReader {
  return FileReader.open(file, 'the file')!;
}

describe('FileReader', () => {
  it('goes on where it was told to, with small chunks first', async () => {
    const jump = fc.record({ chunks: fc.nat(6), to: fc.nat(SIZE) });
    await fc.assert(
      fc.asyncProperty(fc.array(jump, { maxLength: 5 }), async (jumps) => {
        const file = opened();
        try {
          const chunks = file.chunks();
          let position = 0;
          for (const { chunks: count, to } of [{ chunks: 0, to: 0 }, ...jumps]) {
            file.seek(to);
            position = to;
            for (let chunk = 0; chunk < count; chunk++) {
              const next = await chunks.next();
              if (next.done) {
                expect(position).toBe(SIZE);
                return;
              }
              expect(next.value.length).toBe(Math.min(65_536 * 4 ** Math.min(chunk, 2), SIZE - position));
              expect(content.subarray(position, position + next.value.length).equals(next.value)).toBe(true);
              position += next.value.length;
            }
          }
        } finally {
          await file.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('knows the size, and reads at any place up to the end', async () => {
    const file = opened();
    expect(file.size).toBe(SIZE);
    const buffer = new Uint8Array(1000);
    expect(file.readNow(buffer, 1000, SIZE - 300)).toBe(300);
    expect(content.subarray(SIZE - 300).equals(buffer.subarray(0, 300))).toBe(true);
    await file.close();
  });

  it('is closed once, when what is read ahead has come', async () => {
    const file = opened();
    const { fd } = file;
    const chunks = file.chunks();
    // behind the third chunk another one is being read
    for (let chunk = 0; chunk < 3; chunk++) await chunks.next();
    await Promise.all([file.close(), file.close()]);
    expect(() => fstatSync(fd)).toThrow('EBADF');
  });

  it('opens files alone', () => {
    mkdirSync(join(folder, 'folder'));
    expect(FileReader.open(join(folder, 'folder'), 'a folder')).toBeUndefined();
    expect(() => FileReader.open(join(folder, 'nothing'), 'nothing')).toThrow(
      new SnapshotSourceError('nothing', 'no such file or directory'),
    );
  });

  it.runIf(process.platform !== 'win32')('does not wait for who writes to a named pipe', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(FileReader.open(pipe, 'a pipe')).toBeUndefined();
  });
});
