import { HeapPool, type PoolTask } from '@heapstream/core';
import * as tasks from '../../src/analysis-tasks.js';

const STEPS = new Map<string, unknown>(Object.entries(tasks));

interface StepInput {
  /** `null`: the step is done in TypeScript. Absent: there is no kernel for it. */
  readonly memory?: object | null;
}

/** Runs steps at once in this thread, on copies as they would arrive in another. */
export class OwnThread extends HeapPool {
  readonly inTypeScript: string[] = [];

  override async run<T>({ name }: PoolTask, input: unknown): Promise<T> {
    const { memory, ...columns } = input as StepInput;
    if (memory === null) this.inTypeScript.push(name);
    const step = STEPS.get(name) as (input: unknown) => unknown;
    return structuredClone(step({ ...structuredClone(columns), memory })) as T;
  }
}
