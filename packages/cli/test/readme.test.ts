import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { runNode } from './support/heapstream-command.js';
import { readmeExample } from './support/readme-example.js';
import { SERVER_NODES, snapshotText } from './support/small-snapshot.js';

it('the example of the README prints the summary of a file', async () => {
  const project = temporaryFolder();
  symlinkSync(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(project, 'node_modules'),
  );
  writeFileSync(join(project, 'app.heapsnapshot'), snapshotText(SERVER_NODES));
  writeFileSync(join(project, 'example.mjs'), readmeExample(new URL('../README.md', import.meta.url)));

  const { status, stdout, stderr } = await runNode(['example.mjs'], { cwd: project });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Session .* 60\.0%$/m);
});
