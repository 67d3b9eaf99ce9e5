import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** Under this key of the environment data, threads find the folder of the command's bytecode. */
export const COMPILED_CODE = 'heapstream:compiled-code';

/** Left to Node: what imports ES modules, for which vm has only an experimental way, and says so. */
const IMPORTER = './import-module.cjs';

/** CRC-32 of the source and of what was compiled from it, little endian. */
const HEADER_BYTES = 8;
const BEFORE = '(function (exports, require, module, __filename, __dirname) {';
const AFTER = '\n})';

interface CommonJsModule {
  exports: unknown;
}

type Wrapper = (
  exports: unknown,
  require: (id: string) => unknown,
  module: CommonJsModule,
  filename: string,
  dirname: string,
) => void;

/**
 * The CommonJS files of one folder, run with the bytecode that V8 made of them in an earlier run ("code cache",
 * https://v8.dev/blog/code-caching-for-devs): functions that ran then are not parsed and compiled again. V8 trusts such data as
 * it trusts code. So it should lie where only those write who can change the code itself, beside it; V8 rejects what another
 * version or other flags made, and checksums tell what belongs to other code or was damaged. Whatever fails, code runs all the
 * same, only later.
 */
export class CompiledCode {
  readonly #folder: string;
  readonly #kept: string;
  readonly #requireOther: (id: string) => unknown;
  readonly #modules = new Map<string, CommonJsModule>();
  readonly #notKept: { readonly file: string; readonly sourceSum: number; readonly script: Script }[] = [];

  /**
   * `folder`: of the files. `kept`: where bytecode is read from, and written to by `keep`; it need not exist. `requireOther`,
   * of a file of the folder, loads all that is not a `.cjs` file there.
   */
  constructor(folder: string, kept: string, requireOther: (id: string) => unknown) {
    this.#folder = folder;
    this.#kept = kept;
    this.#requireOther = requireOther;
  }

  /** `id`: `./name.cjs`, as files of the folder name each other. Runs a file once; returns what it exports. */
  load(id: string): unknown {
    const known = this.#modules.get(id);
    if (known !== undefined) return known.exports;
    const filename = join(this.#folder, id);
    const module: CommonJsModule = { exports: {} };
    const run = this.#compile(id, filename, readFileSync(filename));
    this.#modules.set(id, module);
    run(module.exports, this.#require, module, filename, this.#folder);
    return module.exports;
  }

  /**
   * Writes the bytecode of what was loaded without any, with the functions that have run until now. To be called at the end,
   * or whenever more of them have run. Nothing is written into the folder of another user, where he could not remove it.
   */
  keep(): void {
    if (this.#notKept.length === 0) return;
    try {
      if (process.getuid !== undefined && statSync(this.#folder).uid !== process.getuid()) return;
      mkdirSync(this.#kept, { recursive: true, mode: 0o755 });
      for (const { file, sourceSum, script } of this.#notKept) {
        const data = script.createCachedData();
        const header = Buffer.alloc(HEADER_BYTES);
        header.writeUInt32LE(sourceSum, 0);
        header.writeUInt32LE(crc32(data), 4);
        writeWhole(join(this.#kept, file), Buffer.concat([header, data]));
      }
    } catch {
      // a folder that cannot be written to: the next run compiles as this one did
    }
  }

  readonly #require = (id: string): unknown =>
    id.startsWith('./') && id.endsWith('.cjs') && id !== IMPORTER ? this.load(id) : this.#requireOther(id);

  #compile(file: string, filename: string, source: Buffer): Wrapper {
    const sourceSum = crc32(source);
    const cachedData = this.#read(file, sourceSum);
    const script = new Script(BEFORE + source.toString() + AFTER, {
      filename,
      // all lies in the first line
      columnOffset: -BEFORE.length,
      ...(cachedData && { cachedData }),
    });
    // what V8 rejects is for other flags: it stays for those
    if (cachedData === undefined) this.#notKept.push({ file, sourceSum, script });
    return script.runInThisContext();
  }

  #read(file: string, sourceSum: number): Buffer | undefined {
    try {
      const bytes = readFileSync(join(this.#kept, file));
      const data = bytes.subarray(HEADER_BYTES);
      const fits = bytes.readUInt32LE(0) === sourceSum && bytes.readUInt32LE(4) === crc32(data);
      return fits ? data : undefined;
    } catch {
      return undefined;
    }
  }
}

/** In place: sums tell a file that is half written, whoever reads it meanwhile. */
function writeWhole(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes, { mode: 0o644 });
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}
