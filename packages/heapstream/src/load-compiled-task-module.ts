import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getEnvironmentData } from 'node:worker_threads';
import { COMPILED_CODE, CompiledCode } from './compiled-code.js';

const load = createRequire(import.meta.url);
const kept = getEnvironmentData(COMPILED_CODE);
let code: CompiledCode | undefined;

/**
 * In threads of the command, in place of core's function. The modules are CommonJS: a thread does without the loader of ES
 * modules, whose start takes as long as its own.
 */
export async function loadTaskModule(url: string): Promise<unknown> {
  const file = fileURLToPath(url);
  if (typeof kept !== 'string') return load(file);
  code ??= new CompiledCode(dirname(file), kept, load);
  // threads are ended without a word: kept is what the tasks before this one needed
  code.keep();
  return code.load(`./${basename(file)}`);
}
