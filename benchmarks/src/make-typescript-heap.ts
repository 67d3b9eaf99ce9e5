// Writes a large real heap snapshot: the TypeScript compiler holding many checked programs.
//
//   make-typescript-heap <out.heapsnapshot> [--heap-mb 100] [--node <binary>] [--typescript <module>]
//                        [--sources <folder>]… [--second <out.heapsnapshot>]
//
// The file comes out at 0.95 times the heap at 100 MB and 1.3 times at 1.5 GB (offsets grow longer). A
// compiler's
// heap is a good load: millions of small objects, long chains, cycles through parent pointers, Maps, closures
// and
// many strings, all from one well-known library. TypeScript 7 is native and has no JavaScript heap, so this
// needs
// 5.9, installed under the alias `typescript-js`.
//
// `--second` writes another snapshot of the same process, after a tenth of the programs made room for as many
// others and one more: two moments to compare.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeHeapSnapshot } from 'node:v8';

const MB = 1024 * 1024;

/**
 * Source text that one program is made of: enough for real work, small enough to stop near the wanted heap.
 */
const TEXT_PER_PROGRAM = MB / 2;

/** Hover texts a program keeps, as an editor's cache would: they make a string table of the usual weight. */
const HOVERS_PER_PROGRAM = 12_000;

/** One program with everything the checker has inferred for it. Kept alive until the snapshot is written. */
interface CheckedProgram {
  program: unknown;
  checker: unknown;
  diagnostics: unknown[];
  hovers: string[];
}

/** The few parts of the TypeScript 5 API used here; the workspace itself compiles with TypeScript 7. */
interface TypeScriptApi {
  version: string;
  ScriptTarget: { ESNext: number };
  ModuleKind: { ESNext: number };
  createSourceFile(name: string, text: string, target: number, setParentNodes: boolean): unknown;
  createProgram(rootNames: string[], options: object, host: object): TypeScriptProgram;
  forEachChild(node: unknown, visit: (child: SyntaxNode) => void): void;
  isIdentifier(node: unknown): boolean;
}

interface TypeScriptProgram {
  getTypeChecker(): { getTypeAtLocation(node: SyntaxNode): unknown; typeToString(type: unknown): string };
  getSourceFile(name: string): unknown;
  getSemanticDiagnostics(file: unknown): unknown[];
}

interface SyntaxNode {
  pos: number;
}

interface Source {
  path: string;
  text: string;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'heap-mb': { type: 'string', default: '100' },
    node: { type: 'string', default: process.execPath },
    typescript: { type: 'string', default: 'typescript-js' },
    sources: { type: 'string', multiple: true, default: [] },
    second: { type: 'string' },
    child: { type: 'boolean', default: false },
  },
});

const outFile = positionals[0];
const heapMegabytes = Number(values['heap-mb']);
if (outFile === undefined || !(heapMegabytes > 0)) {
  console.error(
    'usage: make-typescript-heap <out.heapsnapshot> [--heap-mb N] [--node BIN] [--typescript MODULE]',
  );
  process.exit(2);
}
if (values.child) {
  fillHeapAndWrite(resolve(outFile), heapMegabytes * MB);
} else {
  process.exit(runInChild(values.node));
}

/** The heap belongs to a fresh process: it needs a larger limit and `gc`, and may run on another Node. */
function runInChild(nodeBinary: string): number {
  const heapLimit = Math.max(4096, heapMegabytes * 8);
  const flags = [`--max-old-space-size=${heapLimit}`, '--expose-gc'];
  const script = fileURLToPath(import.meta.url);
  const child = spawnSync(nodeBinary, [...flags, script, ...process.argv.slice(2), '--child'], {
    stdio: 'inherit',
    env: { PATH: process.env.PATH },
  });
  return child.status ?? 1;
}

function fillHeapAndWrite(file: string, wantedHeap: number): void {
  const require = createRequire(import.meta.url);
  const entry = require.resolve(values.typescript);
  const ts = require(entry) as TypeScriptApi;
  const libFolder = dirname(entry);
  const folders = values.sources.length > 0 ? values.sources : [dirname(dirname(libFolder))];
  const libs = readSources(libFolder).filter((source) => basename(source.path).startsWith('lib.'));
  const sources = folders
    .flatMap((folder) => readSources(folder))
    .filter((s) => !basename(s.path).startsWith('lib.'));

  const kept: CheckedProgram[] = [];
  let nextSource = 0;
  let serial = 0;
  const keepOneMore = (): void => {
    const slice: Source[] = [];
    for (let length = 0; length < TEXT_PER_PROGRAM; nextSource++) {
      const source = sources[nextSource % sources.length]!;
      slice.push(source);
      length += source.text.length;
    }
    kept.push(checkProgram(ts, serial++, libs, slice));
    console.error(`program ${serial}: ${slice.length} files, heap ${Math.round(usedHeap() / MB)} MB`);
  };
  while (usedHeap() < wantedHeap) keepOneMore();
  (globalThis as Record<string, unknown>).keptPrograms = kept;

  write(file, ts, kept.length);
  if (values.second === undefined) return;
  const replaced = Math.ceil(kept.length / 10);
  kept.splice(0, replaced);
  for (let i = 0; i <= replaced; i++) keepOneMore();
  write(resolve(values.second), ts, kept.length);
}

function write(file: string, ts: TypeScriptApi, programCount: number): void {
  const started = performance.now();
  writeHeapSnapshot(file);
  const seconds = (performance.now() - started) / 1000;
  const megabytes = statSync(file).size / 1e6;
  console.error(
    `${file}: ${megabytes.toFixed(0)} MB in ${seconds.toFixed(0)} s,`,
    `Node ${process.versions.node}, TypeScript ${ts.version}, ${programCount} programs`,
  );
}

/** Parses every file anew (nothing is shared between programs but the texts) and checks the slice. */
function checkProgram(ts: TypeScriptApi, serial: number, libs: Source[], slice: Source[]): CheckedProgram {
  const root = `/program-${serial}`;
  const texts = new Map<string, string>();
  for (const source of libs) texts.set(`${root}/lib/${basename(source.path)}`, source.text);
  const rootNames = slice.map((source, at) => `${root}/src/${at}/${basename(source.path)}`);
  rootNames.forEach((name, at) => {
    texts.set(name, slice[at]!.text);
  });

  const options = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: false,
    noResolve: true,
    types: [],
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
  };
  const host = {
    fileExists: (name: string) => texts.has(name),
    readFile: (name: string) => texts.get(name),
    getSourceFile: (name: string) => {
      const text = texts.get(name);
      return text === undefined ? undefined : ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
    },
    getDefaultLibFileName: () => `${root}/lib/lib.esnext.full.d.ts`,
    getDefaultLibLocation: () => `${root}/lib`,
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name: string) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    directoryExists: () => true,
    getDirectories: () => [],
    writeFile: () => undefined,
  };
  const program = ts.createProgram(rootNames, options, host);
  const diagnostics = rootNames.flatMap((name) =>
    program.getSemanticDiagnostics(program.getSourceFile(name)),
  );
  const hovers = rootNames.flatMap((name) =>
    hoverTexts(ts, program, name, HOVERS_PER_PROGRAM / slice.length),
  );
  return { program, checker: program.getTypeChecker(), diagnostics, hovers };
}

/**
 * `{"at":"/program-3/src/7/x.js:120","type":"string"}` of the first `limit` identifiers; JSON, so flat
 * strings.
 */
function hoverTexts(ts: TypeScriptApi, program: TypeScriptProgram, name: string, limit: number): string[] {
  const checker = program.getTypeChecker();
  const hovers: string[] = [];
  const pending: unknown[] = [program.getSourceFile(name)];
  while (pending.length > 0 && hovers.length < limit) {
    ts.forEachChild(pending.shift(), (child) => {
      pending.push(child);
      if (!ts.isIdentifier(child)) return;
      const type = checker.typeToString(checker.getTypeAtLocation(child));
      hovers.push(JSON.stringify({ at: `${name}:${child.pos}`, type }));
    });
  }
  return hovers;
}

/**
 * Every .d.ts and .js file below a folder, in a fixed order. Minified and huge bundles only slow the checker
 * down.
 */
function readSources(folder: string): Source[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(d\.ts|js)$/.test(path))
    .sort();
  const found: Source[] = [];
  for (const path of paths) {
    const full = join(folder, path);
    const stats = statSync(full);
    if (stats.isFile() && stats.size > 0 && stats.size < MB)
      found.push({ path: full, text: readFileSync(full, 'utf8') });
  }
  return found;
}

function usedHeap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
