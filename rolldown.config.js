import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { defineConfig } from 'rolldown';

/*
 * Bundles the package in whose folder it runs: all of `src` that is loaded together becomes one file in `dist`, since every
 * thread takes its time for every file. Apart stay what is imported at run time, what threads start with, and dependencies.
 */

/** `new URL('./file', import.meta.url)` */
const FILE_URL = /new URL\(\s*'(\.[^']*)',\s*import\.meta\.url\s*\)/g;

const modules = {
  input: 'src/index.ts',
  platform: 'node',
  external: (id) => !id.startsWith('.') && !isAbsolute(id),
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  plugins: [filesByUrl()],
  output: {
    dir: 'dist',
    cleanDir: true,
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: sharedWithIndex(), debugName: 'shared', minShareCount: 2 }] },
  },
};

/** What `src` names as a `.cjs` file, beside those: the start of a thread that is required, and may be ended meanwhile. */
const COMMON_JS = ['src/pool/task-runner.ts'].filter((source) => existsSync(source));

export default defineConfig([
  modules,
  ...COMMON_JS.map((input) => ({
    input,
    platform: 'node',
    resolve: modules.resolve,
    output: { dir: 'dist', format: 'cjs', exports: 'named', sourcemap: true, entryFileNames: '[name].cjs' },
  })),
]);

/** Modules that are named by their URL become files of their own; URLs of other files are told from `dist`. */
function filesByUrl() {
  return {
    name: 'files-by-url',
    transform(code, id) {
      const bundled = code.replace(FILE_URL, (_, path) => {
        const file = resolve(dirname(id), path);
        const source = file.replace(/\.c?js$/, '.ts');
        if (path.endsWith('.cjs')) return `new URL('./${basename(path)}', import.meta.url)`;
        if (source === file || !existsSync(source)) {
          return `new URL('${relative(resolve('dist'), file)}', import.meta.url)`;
        }
        const name = basename(source, '.ts');
        const chunk = this.emitFile({ type: 'chunk', id: source, name });
        return `new URL(import.meta.ROLLUP_FILE_URL_${chunk})`;
      });
      return bundled === code ? null : { code: bundled, map: null };
    },
  };
}

/** Packages of which any part needs most of the rest. A child process of `leaks`, whose heap counts, must stay small. */
const GROUPED = new Set(['cli', 'core']);

/** One file of what `index.js` shares with others, instead of one for each set of those that need it. */
function sharedWithIndex() {
  const start = resolve('src/index.ts');
  let loadedWithIndex;
  return (id, graph) => {
    if (!GROUPED.has(basename(process.cwd()))) return null;
    if (loadedWithIndex === undefined) {
      loadedWithIndex = new Set([start]);
      for (const loaded of loadedWithIndex) {
        for (const imported of graph.getModuleInfo(loaded)?.importedIds ?? []) loadedWithIndex.add(imported);
      }
    }
    return loadedWithIndex.has(id) ? 'shared' : null;
  };
}
