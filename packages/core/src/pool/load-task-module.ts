type TaskModule = Readonly<Record<string, (input: unknown) => unknown>>;

/** `url`: of the module. A program that is bundled may have its threads load modules in another way. */
export async function loadTaskModule(url: string): Promise<TaskModule> {
  return import(url);
}
