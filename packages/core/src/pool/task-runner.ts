import { loadTaskModule } from './load-task-module.js';
import { flattenError, type TaskOutcome, type TaskRequest } from './task-protocol.js';

/** Runs in a worker: calls the function that the request names. */
export async function runTask({ input, module, name }: TaskRequest): Promise<TaskOutcome> {
  try {
    const exports = await loadTaskModule(module);
    return { value: await exports[name](input) };
  } catch (error) {
    return { error: flattenError(error) };
  }
}

/** The task of a call that only wants a thread to start. */
export function doNothing(): void {}

/** The task of a call that wants a thread to be ready for others. */
export async function loadModules(modules: readonly string[]): Promise<void> {
  await Promise.all(modules.map(loadTaskModule));
}
