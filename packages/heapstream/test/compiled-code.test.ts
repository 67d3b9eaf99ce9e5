import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { runNode } from '../../cli/test/support/heapstream-command.js';
import { type SmallNode, snapshotText } from '../../cli/test/support/small-snapshot.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { CompiledCode } from '../src/compiled-code.js';

const require = createRequire(import.meta.url);

/** Files of a folder, and a folder that is not there yet for their bytecode. */
function programOf(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
  const kept = join(folder, 'kept/of/this');
  return {
    folder,
    kept,
    /** As a process of its own would. */
    start: () => new CompiledCode(folder, kept, require),
    run: () => {
      const code = new CompiledCode(folder, kept, require);
      const result = code.load('./main.cjs');
      code.keep();
      return result;
    },
  };
}

const SUM = {
  'main.cjs': `const { add } = require('./add.cjs'); module.exports = add(1, 2);`,
  'add.cjs': `exports.add = (a, b) => a + b;`,
};

describe('CompiledCode', () => {
  it('runs files that require each other, and others', () => {
    const program = programOf({
      'main.cjs': `const { join } = require('node:path');
        exports.first = 1;
        const other = require('./other.cjs');
        exports.answer = join(__dirname, '..') === join(__filename, '../..') && other.seen;
        exports.again = require('./other.cjs') === other;`,
      'other.cjs': `exports.seen = require('./main.cjs').first;`,
    });
    expect(program.run()).toEqual({ first: 1, answer: 1, again: true });
    expect(program.run()).toEqual({ first: 1, answer: 1, again: true });
  });

  it('keeps bytecode once, and runs it from then on', () => {
    const program = programOf(SUM);
    expect(program.run()).toBe(3);
    expect(readdirSync(program.kept).sort()).toEqual(['add.cjs', 'main.cjs']);
    rmSync(join(program.kept, 'add.cjs'));
    const { mtimeMs } = statSync(join(program.kept, 'main.cjs'));
    expect(program.run()).toBe(3);
    expect(readdirSync(program.kept).sort()).toEqual(['add.cjs', 'main.cjs']);
    expect(statSync(join(program.kept, 'main.cjs')).mtimeMs).toBe(mtimeMs);
  });

  it('keeps functions that ran, also those of a later moment', () => {
    const program = programOf({
      'main.cjs': `exports.late = (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += i * ${'1 * '.repeat(500)} 1; return sum; };`,
    });
    const code = program.start();
    const { late } = code.load('./main.cjs') as { late: (n: number) => number };
    const size = () => statSync(join(program.kept, 'main.cjs')).size;
    code.keep();
    const before = size();
    late(3);
    code.keep();
    expect(size()).toBeGreaterThan(before + 500);
  });

  it('runs the code that is there, not what was compiled of other code of the same length', () => {
    const program = programOf(SUM);
    expect(program.run()).toBe(3);
    writeFileSync(join(program.folder, 'add.cjs'), SUM['add.cjs'].replace('a + b', 'a - b'));
    expect(program.run()).toBe(-1);
    expect(program.run()).toBe(-1);
  });

  it.each([
    [
      'with a bit that changed',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes[bytes.length >> 1] ^= 4;
        writeFileSync(file, bytes);
      },
    ],
    ['that was cut', (file: string) => truncateSync(file, statSync(file).size - 100)],
    ['that is empty', (file: string) => truncateSync(file, 0)],
    [
      'that is a folder',
      (file: string) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('does without a file %s', (_, damage) => {
    const program = programOf(SUM);
    program.run();
    const file = join(program.kept, 'add.cjs');
    damage(file);
    const isFile = statSync(file).isFile();
    const damaged = isFile ? readFileSync(file) : undefined;
    expect(program.run()).toBe(3);
    // written anew where that is possible, and nothing half-written beside it
    if (isFile) expect(readFileSync(file)).not.toEqual(damaged);
    expect(readdirSync(program.kept).sort()).toEqual(['add.cjs', 'main.cjs']);
    expect(program.run()).toBe(3);
  });

  it('does without a folder that it cannot write to', () => {
    const program = programOf({ ...SUM, kept: '' });
    expect(program.run()).toBe(3);
    expect(readFileSync(join(program.folder, 'kept'), 'utf8')).toBe('');
  });

  it.skipIf(process.getuid === undefined)('writes nothing into the folder of another user', () => {
    const program = programOf(SUM);
    const getuid = vi.spyOn(process, 'getuid').mockReturnValue(process.getuid!() + 1);
    expect(program.run()).toBe(3);
    expect(existsSync(program.kept)).toBe(false);
    getuid.mockRestore();
  });

  it('tells places in the code as Node does', () => {
    const program = programOf({ 'main.cjs': `exports.fail = () => { throw new Error('here'); };` });
    program.run();
    const place = (exports: unknown) => {
      try {
        (exports as { fail: () => void }).fail();
      } catch (error) {
        return /main\.cjs:\d+:\d+/.exec((error as Error).stack!)?.[0];
      }
      return undefined;
    };
    const plain = place(require(join(program.folder, 'main.cjs')));
    expect(plain).toMatch(/^main\.cjs:1:\d+$/);
    expect(place(program.start().load('./main.cjs'))).toBe(plain);
  });
});

describe('the command', () => {
  const build = `${process.version}-${process.arch}`;

  /** The package, as if it had just been installed. */
  function installed(): { bin: string; compiled: string } {
    const from = fileURLToPath(new URL('..', import.meta.url));
    const folder = temporaryFolder();
    for (const part of ['bin', 'dist/command', 'package.json']) {
      cpSync(join(from, part), join(folder, part), {
        recursive: true,
        filter: (file) => !file.endsWith('.map'),
      });
    }
    symlinkSync(join(from, '../../node_modules'), join(folder, 'node_modules'), 'junction');
    return { bin: join(folder, 'bin/heapstream.js'), compiled: join(folder, '.compiled') };
  }

  const nodes = Array.from({ length: 500_000 }, (): SmallNode => {
    return { type: 'object', name: 'Item', selfSize: 8 };
  });
  const large = join(temporaryFolder(), 'large.heapsnapshot');
  // white space, so that the file is as large as one of so many nodes
  writeFileSync(large, snapshotText(nodes) + '\n'.repeat(nodes.length * 70));

  it('keeps the bytecode of a command and of its threads, and answers the same with it', async () => {
    const { bin, compiled } = installed();
    const first = await runNode([bin, 'summary', large, '--json']);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(compiled)).toEqual([build]);
    expect(readdirSync(join(compiled, build))).toEqual(['summary']);
    const kept = readdirSync(join(compiled, build, 'summary'));
    expect(kept).toEqual(expect.arrayContaining(['command.cjs', 'parsing.cjs', 'analysis-tasks.cjs']));
    expect(await runNode([bin, 'summary', large, '--json'])).toEqual(first);
    expect(await runNode(['--stack-size=900', bin, 'summary', large, '--json'])).toEqual(first);
    expect(readdirSync(join(compiled, build, 'summary')).sort()).toEqual(kept.sort());
  }, 60_000);

  it('loads each file once, in a thread as well', async () => {
    const { bin } = installed();
    const folder = temporaryFolder();
    const [hook, log] = ['hook.cjs', 'log'].map((name) => join(folder, name));
    writeFileSync(
      hook,
      `const vm = require('node:vm');
      const { threadId } = require('node:worker_threads');
      const { appendFileSync } = require('node:fs');
      vm.Script = class extends vm.Script {
        constructor(code, options) {
          super(code, options);
          appendFileSync(${JSON.stringify(log)}, threadId + ' ' + options.filename + '\\n');
        }
      };`,
    );
    expect(await runNode(['--require', hook, bin, 'summary', large, '--json'])).toMatchObject({ status: 0 });
    const loaded = readFileSync(log, 'utf8').trim().split('\n');
    expect(loaded.filter((line) => /^[1-9]\d* .*analysis-tasks\.cjs$/.test(line)).length).toBeGreaterThan(0);
    expect(loaded).toEqual([...new Set(loaded)]);
  }, 60_000);

  it('keeps nothing of a wrong usage, of what is no command, and where Node is told not to', async () => {
    const { bin, compiled } = installed();
    const env = { NODE_DISABLE_COMPILE_CACHE: '1' };
    expect(await runNode([bin, 'summary', large, '--json'], { env })).toMatchObject({ status: 0 });
    expect(await runNode([bin, 'summary'])).toMatchObject({ status: 2 });
    expect(await runNode([bin, '../summary'])).toMatchObject({ status: 2 });
    expect(await runNode([bin, '--version'])).toMatchObject({ status: 0 });
    expect(await runNode(['--enable-source-maps', bin, 'summary', large])).toMatchObject({ status: 0 });
    expect(existsSync(compiled)).toBe(false);
  }, 60_000);
});
