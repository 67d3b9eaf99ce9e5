import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runNode } from '../../cli/test/support/heapstream-command.js';

const installed = fileURLToPath(new URL('../../../node_modules/.bin/heapstream', import.meta.url));

describe('node_modules/.bin/heapstream', () => {
  it.skipIf(process.platform === 'win32')('can be executed', () => {
    expect(statSync(installed).mode & 0o111).toBe(0o111);
    expect(readFileSync(installed, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('tells the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(await runNode([installed, '--version'])).toEqual({
      status: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it.each(['summary', 'histogram'])('%s works without WebAssembly', async (command) => {
    const file = fileURLToPath(
      new URL('../../core/test/fixtures/real/node-24.heapsnapshot.br', import.meta.url),
    );
    const { status, stdout } = await runNode(['--jitless', installed, command, file, '--json']);
    expect(status).toBe(0);
    expect(stdout).toBe((await runNode([installed, command, file, '--json'])).stdout);
  });
});
