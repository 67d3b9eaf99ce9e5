import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { flattenError, type TaskOutcome, type TaskRequest } from './task-protocol.js';

type TaskModule = Readonly<Record<string, (input: unknown) => unknown>>;

/**
 * Runs in a worker: calls the function that the request names. No default export: piscina requires this module, and where
 * a thread is ended while `require` makes a facade for one, Node aborts the process.
 */
export async function runTask({ input, module, name }: TaskRequest): Promise<TaskOutcome> {
  try {
    const exports = await loadModule(module);
    return { value: await exports[name](input) };
  } catch (error) {
    return { error: flattenError(error) };
  }
}

/** The task of a call that only wants a thread to start. */
export function doNothing(): void {}

/** The task of a call that wants a thread to be ready for others. */
export async function loadModules(modules: readonly string[]): Promise<void> {
  await Promise.all(modules.map(loadModule));
}

/** What is CommonJS is required: the thread does without the loader of ES modules, whose start takes as long as its own. */
async function loadModule(module: string): Promise<TaskModule> {
  return module.endsWith('.cjs') ? createRequire(import.meta.url)(fileURLToPath(module)) : import(module);
}
