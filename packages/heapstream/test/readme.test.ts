import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runNode } from '../../cli/test/support/heapstream-command.js';
import { readmeExample } from '../../cli/test/support/readme-example.js';
import { SERVER_NODES, snapshotText } from '../../cli/test/support/small-snapshot.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';

it('the example of the README lists classes with their locations', async () => {
  const project = temporaryFolder();
  symlinkSync(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(project, 'node_modules'),
  );
  writeFileSync(join(project, 'app.heapsnapshot'), snapshotText(SERVER_NODES));
  writeFileSync(join(project, 'example.mjs'), readmeExample(new URL('../README.md', import.meta.url)));

  const { status, stdout, stderr } = await runNode(['example.mjs'], { cwd: project });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.split('\n').slice(0, 2)).toEqual(['Session 2 6000 src/server.ts:11:3', 'Buffer 1 3000 ']);
});
