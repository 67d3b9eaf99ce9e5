// Runs the programs that leak, and those that do not, with other versions of Node:
//
//   node scripts/check-leak-programs.mjs                      (installs Node 22 to 26 from npm into a temporary folder)
//   node scripts/check-leak-programs.mjs <node> [<node> …]    (paths of binaries)
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAJORS = [22, 23, 24, 25, 26];
const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const folder = mkdtempSync(join(tmpdir(), 'heapstream-nodes-'));
let failures = 0;

try {
  const given = process.argv.slice(2);
  const binaries = given.length > 0 ? given : MAJORS.map(install);
  for (const binary of binaries) check(binary);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failures === 0 ? 0 : 1);

/** The binary of a major version, from the package that npm has for this system. */
function install(major) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const prefix = join(folder, String(major));
  const { status } = spawnSync(
    'npm',
    ['install', '--prefix', prefix, '--no-audit', '--no-fund', `${name}@${major}`],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  const binary = join(
    prefix,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return status === 0 && existsSync(binary) ? binary : '';
}

function check(binary) {
  const { stdout: version } = spawnSync(binary || 'none', ['--version'], { encoding: 'utf8' });
  if (!version) {
    failures++;
    return console.log(`FAILED  ${binary || 'a version that npm could not install'}: does not run`);
  }
  const { status, stdout } = spawnSync(
    process.execPath,
    [vitest, 'run', 'packages/leaks/test/programs.test.ts'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, LEAKS_NODE: binary },
    },
  );
  if (status !== 0) failures++;
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${version.trim()}${status === 0 ? '' : `\n${stdout}`}`);
}
