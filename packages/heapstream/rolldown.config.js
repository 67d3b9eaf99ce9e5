import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { defineConfig } from 'rolldown';

/*
 * Bundles the executable, from the sources of all packages and with most dependencies, into `dist/command`. CommonJS
 * starts faster than ES modules, and what comments and white space take is time, too. Nothing imports these files.
 */

const COMMAND = 'heapstream/src/command.ts';
/** Loads the files of the bundle itself. */
const START = 'heapstream/src/start.ts';
/** Loads ES modules for the command. */
const IMPORTER = 'heapstream/src/import-module.ts';

/** piscina starts a thread with it, and looks for it beside itself. */
const PISCINA_WORKER = '../node_modules/piscina/dist/worker.js';

/** What threads start with: each is a bundle of its own, so that it holds nothing that the thread has no use for. */
const THREAD_MODULES = [
  PISCINA_WORKER,
  'core/src/pool/task-runner.ts',
  'core/src/parse/parallel/parse-chunks.ts',
  'dominators/src/analysis-tasks.ts',
  'diff/src/diff-tasks.ts',
  'diff/src/digest-apart.ts',
  'leaks/src/leak-tasks.ts',
];

/** They find files of their own, or are large and for few. */
const EXTERNAL = new Set(['@heapstream/viewer', 'koffi', 'open']);

/** One file of what is loaded together, instead of one for each set of those that need it: what these import in their package. */
const FILES = [
  [
    'base',
    [
      'core/src/errors.ts',
      'core/src/graph/column-rows.ts',
      'core/src/graph/source-location.ts',
      'core/src/limits.ts',
      'core/src/parse/allocate-columns.ts',
    ],
  ],
  ['summary', ['dominators/src/heap-summary.ts', 'dominators/src/stored-summary.ts']],
  ['index-file', ['core/src/index-file/read-group-of-file.ts']],
  ['graph', ['core/src/graph/heap-graph.ts', 'core/src/graph/compare-text.ts', 'core/src/pool/heap-pool.ts']],
  ['reopening', ['core/src/index-file/open-indexed.ts']],
  ['parsing', ['core/src/parse/parse-graph.ts']],
  [
    'answers',
    ['read-analysis', 'compute-summary', 'queries/retaining-paths', 'queries/linked-nodes'].map(
      (name) => `dominators/src/${name}.ts`,
    ),
  ],
  ['cli', ['cli/src/commands/summary.ts', 'cli/src/object-output.ts', 'cli/src/exit-status.ts']],
];

const packages = ['capture', 'cli', 'core', 'diff', 'dominators', 'leaks'];

const bundles = [COMMAND, START, IMPORTER, ...THREAD_MODULES].map((source) => ({
  input: { [basename(source).replace(/\.[jt]s$/, '')]: resolve('..', source) },
  platform: 'node',
  external: (id) => EXTERNAL.has(id),
  resolve: {
    extensionAlias: { '.js': ['.ts', '.js'] },
    alias: {
      ...Object.fromEntries(
        packages.map((name) => [`@heapstream/${name}`, resolve(`../${name}/src/index.ts`)]),
      ),
      // each half alone
      'msgpackr/pack': resolve('../../node_modules/msgpackr/pack.js'),
      'msgpackr/unpack': resolve('../../node_modules/msgpackr/unpack.js'),
    },
  },
  treeshake: {
    moduleSideEffects: [{ test: /^node:/, external: true, sideEffects: false }],
  },
  preserveEntrySignatures: 'allow-extension',
  plugins: [filesByUrl(), withoutUnused(), withReplaced(), withImporter(), withLicences()],
  output: {
    dir: 'dist/command',
    // it is the first
    cleanDir: source === COMMAND,
    format: 'cjs',
    exports: 'named',
    sourcemap: true,
    // stack traces name functions, also private ones
    minify: { compress: false, mangle: false, codegen: true },
    codeSplitting: source === COMMAND && { groups: FILES.map(loadedWith) },
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
  },
}));

export default defineConfig(bundles);

/** URLs of modules become those of their bundles; other files are copied. */
function filesByUrl() {
  const fileUrl = /new URL\(\s*'(\.[^']*)',\s*import\.meta\.url\s*\)/g;
  return {
    name: 'files-by-url',
    transform(code, id) {
      // in the bundle it has the name that Node takes for CommonJS
      if (id.includes('/piscina/')) {
        return { code: code.replace(`'${basename(PISCINA_WORKER)}'`, `'worker.cjs'`), map: null };
      }
      if (!code.includes('import.meta.url')) return null;
      const inCommonJs = code.replaceAll('createRequire(import.meta.url)', 'require');
      const bundled = inCommonJs.replace(fileUrl, (_, path) => {
        const file = resolve(dirname(id), path);
        const name = basename(file);
        if (name === 'package.json') return `new URL('../../package.json', import.meta.url)`;
        if (/\.c?js$/.test(name) && existsSync(file.replace(/\.c?js$/, '.ts'))) {
          return `new URL('./${name.replace(/\.c?js$/, '.cjs')}', import.meta.url)`;
        }
        this.emitFile({ type: 'asset', fileName: name, source: readFileSync(file) });
        return `new URL('./${name}', import.meta.url)`;
      });
      return { code: bundled, map: null };
    },
  };
}

/** Parts of dependencies that are never called, and slow the start. */
const UNUSED = [
  // threads could have another priority
  { importer: '/piscina/', module: '@napi-rs/nice' },
  // commander can run other programs as commands
  { importer: '/commander/', module: 'node:child_process' },
  // stream-json is given text, not bytes; this starts the loader of ES modules
  { importer: '/stream-json/', module: 'stream-chain/utils/fixUtf8Stream.js' },
];

function withoutUnused() {
  const nothing = '\0nothing of ';
  const isUnused = (id, from) =>
    UNUSED.some(({ importer, module }) => id === module && from?.includes(importer));
  return {
    name: 'without-unused',
    resolveId: (id, importer) => (isUnused(id, importer) ? nothing + id : null),
    load: (id) => (id.startsWith(nothing) ? 'export default undefined' : null),
  };
}

/** Modules for which the command has its own. */
const REPLACED = new Map([
  [resolve('../core/src/pool/load-task-module.ts'), resolve('src/load-compiled-task-module.ts')],
]);

function withReplaced() {
  return {
    name: 'with-replaced',
    resolveId: (id, from) =>
      id.startsWith('.') && from !== undefined
        ? REPLACED.get(resolve(dirname(from), id).replace(/js$/, 'ts'))
        : null,
  };
}

/** What is imported from other packages when it is needed: by a file of its own. */
function withImporter() {
  const importer = './import-module.cjs';
  return {
    name: 'with-importer',
    resolveId: (id) => (id === importer ? { id, external: true } : null),
    transform(code) {
      const imported = code.replace(/\bawait import\('([^']+)'\)/g, (whole, name) =>
        EXTERNAL.has(name) ? `await require('${importer}').importModule('${name}')` : whole,
      );
      return imported === code ? null : { code: imported, map: null };
    },
  };
}

/** Package → its licence, of all that is in any bundle. */
const licences = new Map();

/** Ships the licences of the dependencies beside the code that holds them. */
function withLicences() {
  return {
    name: 'with-licences',
    generateBundle(_, files) {
      const modules = Object.values(files).flatMap((file) => file.moduleIds ?? []);
      for (const id of modules) {
        const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id) ?? [];
        if (folder !== undefined && !licences.has(folder)) licences.set(folder, licenceOf(folder));
      }
      const source = [...licences.values()].sort().join(`\n${'-'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source });
    },
  };
}

function licenceOf(folder) {
  const { license, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate));
  if (file === undefined) throw new Error(`${name} has no licence that could be shipped`);
  return `${name} ${version}, ${license}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

function loadedWith([name, sources], i) {
  let loaded;
  return {
    name: (id, graph) => {
      loaded ??= importsOf(
        sources.map((source) => resolve('..', source)),
        graph,
      );
      return loaded.has(id) ? name : null;
    },
    debugName: name,
    includeDependenciesRecursively: false,
    priority: FILES.length - i,
  };
}

const isOurs = (id) => id.startsWith('/') && !id.includes('/node_modules/');

/** Also of dependencies, but not of other packages here. */
function importsOf(sources, graph) {
  const loaded = new Set(sources);
  const folder = dirname(sources[0]).replace(/\/src\/.*/, '/src/');
  for (const id of loaded) {
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) {
      if (imported.startsWith(folder) || !isOurs(imported)) loaded.add(imported);
    }
  }
  return loaded;
}
