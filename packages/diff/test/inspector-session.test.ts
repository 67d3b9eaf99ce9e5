import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { diffSnapshotsSync } from '../src/diff-snapshots.js';
import { openComparables } from '../src/open-comparables.js';
import type { SnapshotDiff } from '../src/snapshot-diff.js';

const PROGRAM = fileURLToPath(new URL('support/capture-by-inspector.cjs', import.meta.url));
const SMALL_HEAP = ['--no-node-snapshot', '--lite-mode', '--no-warnings'];
const folder = temporaryFolder();

/** Two snapshots of this very Node, whose program made 200 items in between. */
async function capturedPair(mode: 'kept' | 'closed') {
  const files = ['first', 'second'].map((moment) => join(folder, `${mode}-${moment}.heapsnapshot`));
  await promisify(execFile)(process.execPath, [...SMALL_HEAP, PROGRAM, mode, ...files], { env: {} });
  const opened = await openComparables(files, { threadsFrom: Number.POSITIVE_INFINITY });
  return opened.map(({ snapshot }) => snapshot);
}

function itemsOf({ rows }: SnapshotDiff) {
  return rows.find(({ name }) => name === 'Item');
}

test('ids last as long as the inspector session', async () => {
  const [first, second] = await capturedPair('kept');
  const diff = diffSnapshotsSync(first, second);
  expect(diff.matching.reason).toBe('ids-agree');
  expect(itemsOf(diff)).toMatchObject({ addedCount: 200, removedCount: 0 });
  expect(diff.totals.addedCount).toBeLessThan(1000);
});

test('a session closed in between gives out ids anew: classes are compared, and the result says why', async () => {
  const [first, second] = await capturedPair('closed');
  const diff = diffSnapshotsSync(first, second);
  expect(diff.matching.reason).toBe('ids-renumbered');
  expect(diff.matching.explanation).toMatch(
    /^\d\d\.\d % of the common object ids name an object of another type or name/,
  );
  expect(itemsOf(diff)).toMatchObject({ addedCount: null, countDelta: 200 });

  const byId = diffSnapshotsSync(first, second, { match: 'id' });
  expect(byId.matching).toMatchObject({ matchedBy: 'id', reason: 'requested' });
  expect(byId.totals.addedCount).toBeGreaterThan(10_000);
});
