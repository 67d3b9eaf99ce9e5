import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { NodeProcess } from './support/node-process.js';
import { temporaryFolder } from './support/temporary-folder.js';

const folder = temporaryFolder();
const PROGRAM = fileURLToPath(new URL('./support/try-captures.mjs', import.meta.url));
const NOBODY = 65534;

test('another user’s process is out of reach, another user’s directory, too', async () => {
  if (process.getuid?.() !== 0) throw new Error('this test must run as root, to become another user');
  const target = await NodeProcess.start({ nodeArguments: ['--heapsnapshot-signal=SIGUSR2'] });
  const directory = mkdtempSync(join(folder, 'private-'));
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, String(target.pid), directory], {
    uid: NOBODY,
    gid: NOBODY,
    cwd: '/tmp',
    env: {},
  });
  expect(JSON.parse(stdout)).toEqual({
    inspector: 'NO_PERMISSION',
    capture: 'NO_PERMISSION',
    signal: 'NO_PERMISSION',
    directory: expect.stringMatching(/^NO_(PERMISSION|DIRECTORY)$/),
  });
  expect(readdirSync(directory)).toEqual([]);
  expect(await target.answers()).toBe(true);
});
