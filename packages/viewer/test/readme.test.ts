import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startViewer } from '@heapstream/viewer';
import { expect, test } from 'vitest';
import { shopSnapshot } from '../../cli/test/support/shop-snapshot.js';
import { runNode } from '../../core/test/support/run-node.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { createRoutes } from '../src/routes/all-routes.js';
import type { ViewerContext } from '../src/routes/viewer-context.js';

const DOCUMENT = new URL('../../../docs/viewer-api.md', import.meta.url);

/** A folder with the packages and two snapshots, and the first example of a document as `example.mjs`. */
function projectWith(document: URL): string {
  const project = temporaryFolder();
  symlinkSync(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(project, 'node_modules'),
  );
  for (const name of ['before', 'after'])
    writeFileSync(join(project, `${name}.heapsnapshot`), shopSnapshot());
  const [, example] = /^```ts\n(.*?)^```$/ms.exec(readFileSync(document, 'utf8'))!;
  writeFileSync(join(project, 'example.mjs'), example);
  return project;
}

test('the example of the README runs as it stands, and its process ends', async () => {
  const project = projectWith(new URL('../README.md', import.meta.url));
  const { status, stdout, stderr } = await runNode(['example.mjs'], project);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [address, ...rows] = stdout.trimEnd().split('\n');
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+$/);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatch(/^\S+ \d+ \d+$/);
});

test('the example of the API runs as it stands', async () => {
  const project = projectWith(DOCUMENT);
  const viewer = await startViewer({ files: [join(project, 'before.heapsnapshot')] });
  await viewer.loaded;
  const { status, stdout, stderr } = await runNode(['example.mjs', viewer.url], project);
  await viewer.close();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe("[ 'before.heapsnapshot' ] [ [ 'Session', 1040 ], [ 'Session', 540 ] ]\n");
});

test('the document names every route, and no other', () => {
  const rows = readFileSync(DOCUMENT, 'utf8').matchAll(/^\| `([\w-]+)` \| .*\| `\w+`/gm);
  const documented = Array.from(rows, ([, name]) => name);
  expect(documented.sort()).toEqual([...createRoutes({} as ViewerContext).keys()].sort());
});
