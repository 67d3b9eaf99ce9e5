import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PEER_FOLDER } from './peer-folder.js';

/** What the binary of @heap-snapshot/tool is linked against. */
const NEEDED = [2, 39] as const;
/** Debian 13's, unpacked beside the binary; the system's own stays as it is. */
const FOLDER = join(PEER_FOLDER, 'glibc');
const PROGRAM = join(FOLDER, 'usr', 'lib64', 'ld-linux-x86-64.so.2');

/** The loader to start such a binary with; `undefined` where the system's own will do. */
export function glibcLoader(): { program: string; libraries: string } | undefined {
  if (!existsSync(PROGRAM)) return undefined;
  return { program: PROGRAM, libraries: join(FOLDER, 'usr', 'lib', 'x86_64-linux-gnu') };
}

/**
 * Where the system's glibc is too old, has apt fetch Debian 13's `libc6` and `libgcc-s1` with lists and cache of its
 * own, and unpacks them; nothing of the system's configuration changes. Throws where that fails.
 */
export function provideGlibc(): void {
  if (existsSync(PROGRAM) || systemHasNeeded()) return;
  const apt = join(PEER_FOLDER, 'apt');
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'download']) {
    mkdirSync(join(apt, folder), { recursive: true });
  }
  writeFileSync(
    join(apt, 'trixie.sources'),
    [
      'Types: deb',
      `URIs: ${debianMirror()}`,
      'Suites: trixie',
      'Components: main',
      'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
      '',
    ].join('\n'),
  );
  const settings = {
    'Dir::State': join(apt, 'state'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(apt, 'cache'),
    'Dir::Etc::sourcelist': join(apt, 'trixie.sources'),
    'Dir::Etc::sourceparts': '/dev/null',
    'APT::Architecture': 'amd64',
    'APT::Sandbox::User': 'root',
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  run('apt-get', [...options, '-q', 'update'], apt);
  run('apt-get', [...options, '-q', 'download', 'libc6', 'libgcc-s1'], join(apt, 'download'));
  for (const name of readdirSync(join(apt, 'download'))) {
    run('dpkg-deb', ['-x', join(apt, 'download', name), FOLDER], apt);
  }
  rmSync(apt, { recursive: true });
}

/** The one that this machine's apt uses. */
function debianMirror(): string {
  const format = ['--format', '$(REPO_URI) $(COMPONENT)', 'Created-By: Packages'];
  const { stdout } = spawnSync('apt-get', ['indextargets', ...format], { encoding: 'utf8' });
  const mirror = /^(\S+\/debian\/) main$/m.exec(stdout ?? '')?.[1];
  if (mirror === undefined)
    throw new Error('glibc is too old for it, and apt knows no Debian mirror with a newer one');
  return mirror;
}

function systemHasNeeded(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const [major, minor] = (report.header?.glibcVersionRuntime ?? '0.0').split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`${command} ${args.at(-1)}: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
}
