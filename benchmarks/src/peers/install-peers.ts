import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCHMARKS_FOLDER } from '../inputs.js';
import { provideGlibc } from './glibc.js';
import { DEVTOOLS_BUNDLE, PEER_FOLDER, PEER_NODE, PEER_PROBLEMS } from './peer-folder.js';

/** The committed list of versions, and the lock file that goes with it. */
const MANIFESTS = join(BENCHMARKS_FOLDER, 'peers');
const MANIFEST_NAMES = ['package.json', 'package-lock.json'];

/**
 * Installs the engines to compare with into a folder of their own, with the versions of `benchmarks/peers` and without
 * running their install scripts (memlab's would fetch a browser). Does nothing where they are there already. What
 * cannot be had is noted, the report says so, and the next run tries again.
 */
export async function installPeers(): Promise<void> {
  if (isPackageInstalled() && readIfExists(PEER_PROBLEMS)?.trim() === '{}') return;
  const problems: Record<string, string> = {};
  if (!isPackageInstalled() && !installPackages()) problems['*'] = 'npm could not install it here';
  await attempt(problems, 'DevTools', async () => {
    const { bundledEngine } = await import('@heapstream/conformance');
    copyFileSync(await bundledEngine(), DEVTOOLS_BUNDLE);
  });
  await attempt(problems, 'heap-snapshot', async () => provideGlibc());
  // last: without problems, it says that the folder is complete
  writeFileSync(PEER_PROBLEMS, `${JSON.stringify(problems, null, 2)}\n`);
}

function isPackageInstalled(): boolean {
  const isSame = (name: string) =>
    readIfExists(join(PEER_FOLDER, name)) === readFileSync(join(MANIFESTS, name), 'utf8');
  return MANIFEST_NAMES.every(isSame) && existsSync(PEER_NODE);
}

function installPackages(): boolean {
  console.error('installing the engines to compare with, once');
  mkdirSync(PEER_FOLDER, { recursive: true });
  for (const name of MANIFEST_NAMES) copyFileSync(join(MANIFESTS, name), join(PEER_FOLDER, name));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return spawnSync('npm', args, { cwd: PEER_FOLDER, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** Why a peer cannot run here; `undefined` where nothing is known against it. */
export function peerProblem(name: string): string | undefined {
  const problems = JSON.parse(readIfExists(PEER_PROBLEMS) ?? '{ "*": "not installed" }') as Record<
    string,
    string
  >;
  return problems[name] ?? problems['*'];
}

async function attempt(
  problems: Record<string, string>,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    problems[name] = `cannot be had here: ${error instanceof Error ? error.message : error}`;
  }
}

function readIfExists(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
