// npm leaves packages for other platforms out of the lock file where the registry at hand does not carry them, and
// `npm ci` then refuses that lock file, on every platform. This adds the missing entries. Run after `npm install`.
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = { darwin: 'darwin', win32: 'win32', windows: 'win32', android: 'android', linux: 'linux' };

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const entry of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const [, system, cpu] = /[-/](darwin|win32|windows|android|linux)-(arm64|x64|64)/.exec(name) ?? [];
    if (lock.packages[key] || system === undefined) continue;
    lock.packages[key] = {
      version,
      cpu: [cpu === '64' ? 'x64' : cpu],
      dev: true,
      license: entry.license,
      optional: true,
      os: [SYSTEMS[system]],
      ...(name.endsWith('-musl') && { libc: ['musl'] }),
    };
    console.log(`added ${key} ${version}`);
  }
}
const inOrder = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(inOrder);
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
