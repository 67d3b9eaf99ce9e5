import { spawnSync } from 'node:child_process';

/** Before all tests: makes sure that there is a Chromium to capture, and to show the viewer's page. */
export function setup(): void {
  if (spawnSync('chromium', ['--version']).status === 0) return;
  const isRoot = process.getuid?.() === 0;
  const hasPackages = spawnSync('apt-get', ['--version']).status === 0;
  if (!isRoot || !hasPackages) {
    throw new Error('the tests need the command "chromium": install it (Debian: apt-get install chromium)');
  }
  console.log('installing chromium for the tests');
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    const { status, stderr } = spawnSync('apt-get', args, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed: ${stderr}`);
  }
}
