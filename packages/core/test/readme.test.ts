import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fixturePath } from './support/fixtures.js';
import { runNode } from './support/run-node.js';
import { temporaryFolder } from './support/temporary-folder.js';

/** The first block of TypeScript, which is plain JavaScript too. */
function readmeExample(): string {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const match = /^```ts\n(.*?)^```$/ms.exec(readme);
  if (match === null) throw new Error('the README has no block of TypeScript');
  return match[1];
}

test('the example of the README runs as it stands', async () => {
  const project = temporaryFolder();
  const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
  symlinkSync(modules, join(project, 'node_modules'));
  copyFileSync(fixturePath('synthetic', 'demo.heapsnapshot'), join(project, 'before.heapsnapshot'));
  writeFileSync(join(project, 'example.mjs'), readmeExample());

  const { status, stdout, stderr } = await runNode(['example.mjs'], project);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^107 nodes, 167 edges/);
});
