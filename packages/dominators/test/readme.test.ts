import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fixturePath } from '../../core/test/support/fixtures.js';
import { runNode } from '../../core/test/support/run-node.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';

/** The first block of TypeScript, which is plain JavaScript too. */
function readmeExample(): string {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const match = /^```ts\n(.*?)^```$/ms.exec(readme);
  if (match === null) throw new Error('the README has no block of TypeScript');
  return match[1];
}

test('the example of the README runs as it stands, and its process ends', async () => {
  const project = temporaryFolder();
  const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
  symlinkSync(modules, join(project, 'node_modules'));
  copyFileSync(fixturePath('synthetic', 'demo.heapsnapshot'), join(project, 'before.heapsnapshot'));
  writeFileSync(join(project, 'example.mjs'), readmeExample());

  const { status, stdout, stderr } = await runNode(['example.mjs'], project);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.slice(0, 5).every((line) => /^\S.* \d+ \d+$/.test(line))).toBe(true);
  expect(lines.slice(5).length).toBeGreaterThan(0);
  expect(lines.slice(5).every((line) => / → .* @\d+$/.test(line))).toBe(true);
});
