import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationAbortedError, SnapshotFormatError, SnapshotSourceError } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import { describe, expect, test } from 'vitest';
import { fixturePath } from '../../core/test/support/fixtures.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { SnapshotBuilder } from '../../snapshot-builder/src/index.js';
import { DigestFormatError, encodeDigest } from '../src/digest/digest-file.js';
import { digestSnapshotSync } from '../src/digest-snapshot.js';
import { openComparables } from '../src/open-comparables.js';

const folder = temporaryFolder();
const good = fixturePath('synthetic', 'demo.heapsnapshot');
/** In the caller's thread: the sources of the steps are not built. */
const HERE = { threadsFrom: Number.POSITIVE_INFINITY };

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const truncated = write('truncated.heapsnapshot', readFileSync(good).subarray(0, 500));

describe('an error says which of the snapshots it is about', () => {
  test.each([{ lean: false }, { lean: true }])('$lean', async ({ lean }) => {
    const rejection = openComparables([good, truncated], { ...HERE, lean });
    await expect(rejection).rejects.toThrow(SnapshotFormatError);
    await expect(rejection).rejects.toThrow(`the second snapshot: ${truncated}: `);
    await expect(openComparables([truncated, good], { ...HERE, lean })).rejects.toThrow(
      `the first snapshot: ${truncated}: `,
    );
    const missing = openComparables([join(folder, 'missing'), good], {
      ...HERE,
      lean,
      names: ['base', 'current'],
    });
    await expect(missing).rejects.toThrow(SnapshotSourceError);
    await expect(missing).rejects.toThrow(/^base: .*missing/);
  });

  test('two streams are told apart', async () => {
    async function* broken() {
      yield Buffer.from('{"snapshot": 5}');
    }
    const whole = async function* () {
      yield readFileSync(good);
    };
    await expect(openComparables([whole(), broken()], HERE)).rejects.toThrow(
      /^the second snapshot: <stream>: /,
    );
  });

  test('a digest that is damaged, too', async () => {
    const [{ snapshot }] = await openComparables([good], HERE);
    const bytes = encodeDigest(digestSnapshotSync(snapshot as HeapAnalysis));
    const file = write('cut.heapdigest', bytes.subarray(0, 100));
    await expect(openComparables([good, file], HERE)).rejects.toThrow(DigestFormatError);
    await expect(openComparables([good, file], HERE)).rejects.toThrow(
      `the second snapshot: ${file}: the digest is damaged or cut short`,
    );
  });
});

test('a path may be that of a digest', async () => {
  const [{ snapshot }] = await openComparables([good], HERE);
  const digest = digestSnapshotSync(snapshot as HeapAnalysis);
  const file = write('demo.heapdigest', encodeDigest(digest));
  const [first, second] = await openComparables([file, good], HERE);
  expect(first.snapshot).toEqual(digest);
  expect('graph' in second.snapshot).toBe(true);
});

test('warnings come with their snapshot', async () => {
  const heap = new SnapshotBuilder();
  heap.child(heap.root, 'thing', { name: 'Thing', selfSize: 8 });
  const odd = write('odd.heapsnapshot', `${heap.toJson()} x`);
  const [first, second] = await openComparables([good, odd], HERE);
  expect(first.warnings).toEqual([]);
  expect(second.warnings.length).toBeGreaterThan(0);
});

test('what is going on is told with the position of the snapshot', async () => {
  const phases = new Set<string>();
  await openComparables([good, good], {
    ...HERE,
    onProgress: ({ phase, snapshot }) => phases.add(`${phase} ${snapshot}`),
  });
  expect([...phases].sort()).toEqual(['parse 0', 'parse 1']);
});

test.each([{ lean: false }, { lean: true }])(
  'aborting gives up all of them, lean: $lean',
  async ({ lean }) => {
    const controller = new AbortController();
    let isClosed = false;
    async function* endless() {
      try {
        yield Buffer.from('{"snapshot":');
        controller.abort();
        for (;;) yield Buffer.from(' ');
      } finally {
        isClosed = true;
      }
    }
    await expect(
      openComparables([endless(), good], { ...HERE, lean, signal: controller.signal }),
    ).rejects.toThrow(OperationAbortedError);
    expect(isClosed).toBe(true);
  },
);
