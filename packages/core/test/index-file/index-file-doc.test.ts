import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { unpack } from 'msgpackr';
import { expect, test } from 'vitest';
import { openSnapshot } from '../../src/open-snapshot.js';
import { drawnSnapshot } from '../support/drawn-snapshot.js';
import { snapshotFile } from '../support/indexed-graph.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const page = readFileSync(new URL('../../../../docs/index-file.md', import.meta.url), 'utf8');

/** Reads an index file by docs/index-file.md, and by nothing of ours. */
function readByTheBook(file: Buffer) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  expect(file.subarray(0, 8)).toEqual(Buffer.from([0x89, ...Buffer.from('HEAPIDX')]));
  const little = view.getUint32(8, true) === 0x01020304;
  const u32 = (at: number) => view.getUint32(at, little);
  const u64 = (at: number) => Number(view.getBigUint64(at, little));
  expect([u32(12), u32(16)]).toEqual([1, 16384]);
  expect(u64(32)).toBe(u64(24) + u32(20));
  expect(u32(60)).toBe(crc32(file.subarray(0, 60)));
  const headerBytes = file.subarray(u64(24), u64(32));
  expect(u32(56)).toBe(crc32(headerBytes));
  const header = unpack(headerBytes);
  const values: Record<string, unknown> = {};
  for (const { name: group, sections } of header.groups) {
    for (const { byteLength, checksums, kind, name, offset } of sections) {
      expect(offset % (byteLength >= 4096 ? 4096 : 64)).toBe(0);
      const bytes = file.subarray(offset, offset + byteLength);
      for (let at = 0; at < byteLength; at += 16384) {
        const stored = new DataView(checksums.buffer, checksums.byteOffset).getUint32(
          (at / 16384) * 4,
          little,
        );
        expect(stored).toBe(crc32(bytes.subarray(at, at + 16384)));
      }
      const cell = new DataView(bytes.buffer, bytes.byteOffset, byteLength);
      const columns: Record<string, () => unknown> = {
        msgpack: () => unpack(bytes),
        u8: () => [...bytes],
        u32: () => Array.from({ length: byteLength / 4 }, (_, i) => cell.getUint32(i * 4, little)),
        f64: () => Array.from({ length: byteLength / 8 }, (_, i) => cell.getFloat64(i * 8, little)),
      };
      values[`${group}:${name}`] = columns[kind]();
    }
  }
  return { header, values };
}

test('another reader finds in the file what the page says', async () => {
  const path = snapshotFile(temporaryFolder(), drawnSnapshot());
  const { columns } = await openSnapshot(path, { index: true });
  const { header, values } = readByTheBook(readFileSync(`${path}.heapidx`));
  for (const [key, value] of Object.entries({
    ...header,
    ...header.groups[0],
    ...header.groups[0].sections[0],
  })) {
    expect([key, new RegExp(`\`[^\`]*\\b${key}\\b[^\`]*\``).test(page), value]).toEqual([key, true, value]);
  }
  for (const name of ['typeByNode', 'selfSizeByNode', 'targetByEdge', 'nameByEdge', 'stringBytes'] as const) {
    expect([name, values[`graph:columns/${name}`]]).toEqual([name, [...columns[name]]]);
  }
  expect(values['graph:columns/locations/nodeByLocation']).toEqual([...columns.locations.nodeByLocation]);
  expect(values['graph:']).toMatchObject({
    columns: {
      nodeCount: columns.nodeCount,
      typeByNode: null,
      locations: { count: 1, nodeByLocation: null },
    },
    warnings: [],
    ascendingRuns: null,
  });
  expect(values['graph:ascendingRuns']).toEqual([0]);
  expect(header.snapshot.size).toBe(readFileSync(path).length);
});
