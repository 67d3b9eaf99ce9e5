import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { compareFile, RunTotals } from '../src/compare-file.js';
import { describeDifferences } from '../src/report.js';

const PROGRAM = fileURLToPath(new URL('support/capture-own-heap.cjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'heapstream-test-'));
const totals = new RunTotals();

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  console.log(`heapstream and DevTools on snapshots of Node ${process.versions.node}: ${totals}`);
});

/** Fewer objects of Node's own: large heaps take Node 20 and older long to write. */
const SMALL_HEAP = ['--no-node-snapshot', '--lite-mode', '--no-warnings'];

test.each(['api', 'internals', 'inspector', 'timeline', 'worker'])(
  'every node of a snapshot captured just now: %s',
  async (way) => {
    const file = join(folder, `${way}.heapsnapshot`);
    await promisify(execFile)(process.execPath, [...SMALL_HEAP, PROGRAM, way, file], {
      cwd: folder,
      env: {},
    });
    const result = await compareFile(file);
    totals.add(way, result);
    expect(describeDifferences(result.comparison)).toBe('no differences');
    expect(result.reading.answers.nodes.nodeCount).toBeGreaterThan(5_000);
  },
  60_000,
);
