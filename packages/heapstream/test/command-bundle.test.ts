import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { HEAPSTREAM_BIN, heapstream, runNode } from '../../cli/test/support/heapstream-command.js';
import { type SmallNode, snapshotText } from '../../cli/test/support/small-snapshot.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';

const bundle = fileURLToPath(new URL('../dist/command/', import.meta.url));
const scripts = readdirSync(bundle).filter((name) => name.endsWith('.cjs'));
const folder = temporaryFolder();

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const small = write('small.heapsnapshot', snapshotText([{ type: 'object', name: 'One', selfSize: 8 }]));
const damaged = write('damaged.heapsnapshot', '{"snapshot":{"meta":1}}');

/** The files of the bundle, and the packages, that a command loads. */
async function loadedBy(...args: readonly string[]): Promise<string[]> {
  const list = join(folder, 'loaded.json');
  const probe = write(
    'probe.cjs',
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(Object.keys(require.cache))))`,
  );
  const options = { env: { NODE_DISABLE_COMPILE_CACHE: '1' } };
  expect(await runNode(['--require', probe, HEAPSTREAM_BIN, ...args], options)).toMatchObject({
    status: 0,
    stderr: '',
  });
  return (JSON.parse(readFileSync(list, 'utf8')) as string[]).map((file) => basename(file));
}

describe('the bundle of the command', () => {
  it('holds every file that it names', () => {
    const named = scripts.flatMap((script) => {
      const code = readFileSync(join(bundle, script), 'utf8');
      return [...code.matchAll(/new URL\([`'"](\.[^`'"]+)[`'"]/g)].map(([, path]) => path);
    });
    expect(named).toContain('./scan.wasm');
    expect(named).toContain('./analysis-tasks.cjs');
    expect(named.filter((path) => !existsSync(join(bundle, path)))).toEqual([]);
  });

  it('imports ES modules in files that Node loads, only', () => {
    const importing = scripts.filter((script) =>
      /[^\w.]import\(/.test(readFileSync(join(bundle, script), 'utf8')),
    );
    expect(importing).toEqual(['import-module.cjs', 'worker.cjs']);
  });

  it('comes with the licence of every package in it', () => {
    const maps = readdirSync(bundle).filter((name) => name.endsWith('.map'));
    const sources = maps.flatMap(
      (map) => JSON.parse(readFileSync(join(bundle, map), 'utf8')).sources as string[],
    );
    const packages = sources.flatMap(
      (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
    );
    expect(packages).toContain('commander');
    const licences = readFileSync(join(bundle, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    const licensed = new Set(
      [...licences.matchAll(/^(\S+) \d+\.\d+\.\d+\S*, \S+$/gm)].map(([, name]) => name),
    );
    expect([...new Set(packages)].filter((name) => !licensed.has(name))).toEqual([]);
  });

  it('names functions in stack traces, and lines of the sources where it is asked to', async () => {
    const plain = await heapstream(['summary', damaged, '--debug']);
    expect(plain.stderr).toMatch(/at HeaderSection\.read \(.*parsing\.cjs:\d+:\d+\)\n.*\n +at #endValue /);
    const mapped = await runNode(['--enable-source-maps', HEAPSTREAM_BIN, 'summary', damaged, '--debug']);
    expect(mapped.stderr).toMatch(
      /at HeaderSection\.read \(.*core\/src\/parse\/header-section\.ts:\d+:\d+\)/,
    );
  });

  it('loads what opens and analyses a snapshot only where that is done', async () => {
    const first = await loadedBy('summary', small, '--index', '--json');
    expect(first).toEqual(expect.arrayContaining(['parsing.cjs', 'analyze.cjs', 'index-writer.cjs']));
    const again = await loadedBy('summary', small, '--index', '--json');
    expect(again).toContain('index-file.cjs');
    // the summary is in the file, and needs no graph
    const unneeded = [
      'analyze.cjs',
      'answers.cjs',
      'graph.cjs',
      'index-writer.cjs',
      'parsing.cjs',
      'paths.cjs',
    ];
    expect(again.filter((file) => unneeded.includes(file))).toEqual([]);
    const asked = await loadedBy('paths', small, '@1', '--index', '--json');
    expect(asked).toEqual(expect.arrayContaining(['answers.cjs', 'graph.cjs', 'reopening.cjs']));
    expect(asked).not.toContain('parsing.cjs');
  });

  it('has threads run its own modules', async () => {
    const nodes = Array.from({ length: 500_000 }, (): SmallNode => {
      return { type: 'object', name: 'Item', selfSize: 8 };
    });
    const large = write('large.heapsnapshot', snapshotText(nodes));
    const summary = await heapstream(['summary', large, '--json']);
    expect(summary.stderr).toBe('');
    expect(JSON.parse(summary.stdout).classes[0]).toMatchObject({
      name: 'Item',
      count: 500_000,
      retainedSize: 4_000_000,
    });
    const diff = await heapstream(['diff', large, large, '--json']);
    expect({ status: diff.status, stderr: diff.stderr }).toEqual({ status: 0, stderr: '' });
  }, 180_000);
});
