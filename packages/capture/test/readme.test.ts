import { statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runNode } from '../../cli/test/support/heapstream-command.js';
import { readmeExample } from '../../cli/test/support/readme-example.js';
import { startInspected } from './support/node-process.js';
import { temporaryFolder } from './support/temporary-folder.js';

test('the example of the README captures itself and another process', async () => {
  const project = temporaryFolder();
  symlinkSync(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(project, 'node_modules'),
  );
  writeFileSync(join(project, 'example.mjs'), readmeExample(new URL('../README.md', import.meta.url)));
  const target = await startInspected();
  const env = { INSPECTOR_PORT: String(target.port) };
  const { status, stdout, stderr } = await runNode(['example.mjs'], { cwd: project, env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^\S+\/own\.heapsnapshot\.gz \d{4,} nodes\n-?\d+ nodes more\n$/);
  expect(statSync(join(project, 'own.heapsnapshot.gz')).mode & 0o777).toBe(0o600);
});
