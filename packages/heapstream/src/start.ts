import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setEnvironmentData } from 'node:worker_threads';
import { COMPILED_CODE, CompiledCode } from './compiled-code.js';

/*
 * Starts the command, with the code that V8 compiled for it in an earlier run. Node's own switch turns that off; and vm.Script
 * knows nothing of source maps.
 */

const COMMAND = './command.cjs';
/** A name only: it becomes a folder's. */
const [, name] = /^([a-z]{1,20})$/.exec(process.argv[2] ?? '') ?? [];
const load = createRequire(import.meta.url);

if (name === undefined || process.env.NODE_DISABLE_COMPILE_CACHE || process.sourceMapsEnabled) {
  load(COMMAND);
} else {
  const bundle = dirname(load.resolve(COMMAND));
  const build = `${process.version}-${process.arch}`;
  const kept = join(bundle, '../../.compiled', build, name);
  setEnvironmentData(COMPILED_CODE, kept);
  const code = new CompiledCode(bundle, kept, load);
  code.load(COMMAND);
  process.on('exit', (status) => {
    // what it did for a wrong usage or a fault is not what it does else
    if (status === 0 || status === 1) code.keep();
  });
}
