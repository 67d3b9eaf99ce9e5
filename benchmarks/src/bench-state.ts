import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WORK_FOLDER } from './inputs.js';

/** What a run has measured so far, kept on disk after every step: an interrupted run can be resumed. */
export class BenchState<Unit> {
  readonly #file: string;
  readonly #units: Record<string, Unit>;

  /** `name` is that of a file in `.work`. Without `resume`, forgets the run before. */
  constructor(name: string, resume: boolean) {
    this.#file = join(WORK_FOLDER, name);
    if (!resume) rmSync(this.#file, { force: true });
    this.#units = existsSync(this.#file)
      ? (JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, Unit>)
      : {};
  }

  get(key: string): Unit | undefined {
    return this.#units[key];
  }

  put(key: string, unit: Unit): void {
    this.#units[key] = unit;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.part`, JSON.stringify(this.#units));
    renameSync(`${this.#file}.part`, this.#file);
  }
}
