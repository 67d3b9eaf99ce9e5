import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { runNode } from '../../core/test/support/run-node.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';

test('the example of the README runs as it stands, and its process ends', async () => {
  const project = temporaryFolder();
  symlinkSync(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(project, 'node_modules'),
  );
  const pairs = new URL('../../conformance/test/fixtures/pairs/', import.meta.url);
  for (const moment of ['before', 'after']) {
    const packed = readFileSync(new URL(`node-24-${moment}.heapsnapshot.br`, pairs));
    writeFileSync(join(project, `${moment}.heapsnapshot`), brotliDecompressSync(packed));
  }
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example] = /^```ts\n(.*?)^```$/ms.exec(readme)!;
  writeFileSync(join(project, 'example.mjs'), example);

  const { status, stdout, stderr } = await runNode(['example.mjs'], project);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.slice(0, 5).every((line) => /^\S.* \d+ \d+$/.test(line))).toBe(true);
  expect(lines.slice(5, 8).every((line) => /^\S.* @\d+ \d+$/.test(line))).toBe(true);
  expect(lines.slice(8).join('\n')).toContain('retainedSize');
});
