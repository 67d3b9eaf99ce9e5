import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { drawnText } from './support/drawn-snapshot.js';
import { LARGE_NUMBERS, ONE_NAME } from './support/engine-faults.js';

const PROGRAM = fileURLToPath(new URL('../dist/check-corpus.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'heapstream-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function checkCorpus(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, INIT_CWD: folder };
    const child = execFile(process.execPath, [PROGRAM, ...args], { env }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

test('compares what lies in a folder and below, compressed or not, and adds up', async () => {
  mkdirSync(join(folder, 'good/below'), { recursive: true });
  writeFileSync(join(folder, 'good/a.heapsnapshot'), drawnText(ONE_NAME));
  writeFileSync(join(folder, 'good/below/b.heaptimeline.gz'), gzipSync(drawnText(LARGE_NUMBERS)));
  writeFileSync(join(folder, 'good/notes.txt'), 'no snapshot');

  const { status, stdout, stderr } = await checkCorpus('good');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(
    'ok     a.heapsnapshot: 4 nodes\nok     below/b.heaptimeline.gz: 4 nodes\n\n2 files\n',
  );
  expect(stdout).toMatch(/^\d+ values equal: node\.idByNode 7, /m);
  expect(stdout).toMatch(/^3 values excluded by "rows-of-one-name": /m);
});

test('ends with 1 where a file cannot be compared', async () => {
  mkdirSync(join(folder, 'bad'));
  writeFileSync(join(folder, 'bad/a.heapsnapshot'), '{}');
  const { status, stdout } = await checkCorpus('bad');
  expect(status).toBe(1);
  expect(stdout).toContain('FAILED a.heapsnapshot: EngineError: DevTools engine failed loading: ');
});

test('says how it is called', async () => {
  mkdirSync(join(folder, 'empty'));
  expect(await checkCorpus()).toMatchObject({
    status: 2,
    stderr: 'usage: npm run conformance -- <folder>\n',
  });
  expect(await checkCorpus('empty')).toMatchObject({
    status: 2,
    stderr: `${join(folder, 'empty')} has no .heapsnapshot or .heaptimeline\n`,
  });
});
