// Runs the programs that leak, and those that do not, with several versions of Node, and compares what is found:
//
//   node scripts/check-leak-programs.mjs                      (this Node, and 22 to 26 from npm in a temporary folder)
//   node scripts/check-leak-programs.mjs <node> [<node> …]    (this Node, and those at these paths)
//
// Ends with 1 where a test fails, or where the fingerprint of a leak is not the same with all versions.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAJORS = [22, 23, 24, 25, 26];
const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const folder = mkdtempSync(join(tmpdir(), 'heapstream-nodes-'));

try {
  const given = process.argv.slice(2);
  const binaries = [process.execPath, ...(given.length > 0 ? given : MAJORS.map(install))];
  const runs = binaries.map(check);
  const table = runs.map(rowOf);
  console.log(
    [
      '| Node | leak found first | level high: leaking | healthy | precision | recall | |',
      '|---|--:|--:|--:|--:|--:|---|',
    ]
      .concat(table)
      .join('\n'),
  );
  const differences = compareFingerprints(runs);
  console.log(differences.length === 0 ? 'fingerprints: the same with all versions' : differences.join('\n'));
  process.exitCode = runs.every(({ passed }) => passed) && differences.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The binary of a major version, from the package that npm has for this system. */
function install(major) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const prefix = join(folder, String(major));
  const { status } = spawnSync(
    'npm',
    ['install', '--prefix', prefix, '--no-audit', '--no-fund', `${name}@${major}`],
    { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
  );
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const binary = join(prefix, 'node_modules', name, 'bin', file);
  return status === 0 && existsSync(binary) ? binary : `${name}@${major}, which npm could not install`;
}

/** Runs the suite with one Node: program → what was found, the first first. */
function check(binary) {
  const { stdout: version } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (!version) {
    console.error(`${binary}: does not run`);
    return { version: binary, passed: false, foundByProgram: new Map() };
  }
  const results = join(folder, `${version.trim()}.ndjson`);
  const { status, stdout } = spawnSync(
    process.execPath,
    [vitest, 'run', 'packages/leaks/test/programs.test.ts'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, LEAKS_NODE: binary, LEAKS_RESULTS: results } },
  );
  if (status !== 0) console.error(`${version.trim()}:\n${stdout}`);
  const lines = existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n') : [];
  const foundByProgram = new Map(lines.map((line) => JSON.parse(line)).map((row) => [row.program, row]));
  return { version: version.trim(), passed: status === 0, foundByProgram };
}

/** A row of the table. Precision is by program: of those with a finding of level high, the share that leaks. */
function rowOf({ foundByProgram, passed, version }) {
  const rows = [...foundByProgram.values()];
  const leaking = rows.filter(({ expected }) => expected !== undefined);
  const healthy = rows.filter(({ expected }) => expected === undefined);
  const first = leaking.filter(({ expected, found }) => found[0]?.fingerprint === expected).length;
  const isHigh = ({ found }) => found.some(({ level }) => level === 'high');
  const high = leaking.filter(isHigh).length;
  const wrong = healthy.filter(isHigh).length;
  const percent = (part, all) => (all === 0 ? '' : `${((100 * part) / all).toFixed(0)} %`);
  return `| ${version} | ${first} of ${leaking.length} | ${high} | ${wrong} of ${healthy.length} | ${percent(high, high + wrong)} | ${percent(first, leaking.length)} | ${passed ? '' : 'FAILED'} |`;
}

/** Programs whose first finding has another fingerprint with another version. */
function compareFingerprints(runs) {
  const programs = new Set(runs.flatMap(({ foundByProgram }) => [...foundByProgram.keys()]));
  return [...programs].flatMap((program) => {
    const isLeaking = runs.some(({ foundByProgram }) => foundByProgram.get(program)?.expected !== undefined);
    const seen = runs.map(
      ({ foundByProgram }) => foundByProgram.get(program)?.found[0]?.fingerprint ?? 'none',
    );
    if (!isLeaking || new Set(seen).size === 1) return [];
    return [`${program}: ${runs.map(({ version }, i) => `${version}: ${seen[i]}`).join('; ')}`];
  });
}
