import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORK_FOLDER } from './inputs.js';
import type { UnitResults } from './report/comparison-results.js';

const FILE = join(WORK_FOLDER, 'bench-state.json');

/** What a run has measured so far, kept on disk after every task: an interrupted run can be resumed. */
export class BenchState {
  readonly #units: Record<string, UnitResults>;

  /** Without `resume`, forgets the run before. */
  constructor(resume: boolean) {
    if (!resume) rmSync(FILE, { force: true });
    this.#units = existsSync(FILE)
      ? (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, UnitResults>)
      : {};
  }

  get(key: string): UnitResults | undefined {
    return this.#units[key];
  }

  put(key: string, unit: UnitResults): void {
    this.#units[key] = unit;
    mkdirSync(WORK_FOLDER, { recursive: true });
    writeFileSync(`${FILE}.part`, JSON.stringify(this.#units));
    renameSync(`${FILE}.part`, FILE);
  }
}
