import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { runNode } from '../../core/test/support/run-node.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { programFile } from './support/programs.js';

// it runs three processes, on a busy machine slowly
vi.setConfig({ testTimeout: 180_000 });

test('the example of the README runs as it stands, and its process ends', async () => {
  const project = temporaryFolder();
  symlinkSync(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(project, 'node_modules'),
  );
  const runner = fileURLToPath(new URL('programs/run-program.mjs', import.meta.url));
  await runNode(['--expose-gc', runner, programFile('leaking/promise.mjs'), project, '3'], project);
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example] = /^```ts\n(.*?)^```$/ms.exec(readme)!;
  writeFileSync(join(project, 'example.mjs'), example);

  const { status, stdout, stderr } = await runNode(['example.mjs'], project);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [finding, fingerprint] = stdout.split('\n');
  expect(finding).toMatch(
    /^high promise: Pending promises held by Array, awaited by handleRequest: grew by [\d,]+ bytes and 60 Promise in every one of 2 rounds\.$/,
  );
  expect(fingerprint).toBe('  promise: backend → Backend.pendingReplies → Array');
});
