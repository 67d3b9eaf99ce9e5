/** `import` for code that `CompiledCode` loads: this file is loaded by Node. */
export function importModule(id: string): Promise<unknown> {
  return import(id);
}
