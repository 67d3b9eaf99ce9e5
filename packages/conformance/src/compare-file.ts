import { type Comparison, compareAnswers } from './compare.js';
import { heapstreamAnswers } from './heapstream-answers.js';
import { readDecompressed } from './read-decompressed.js';
import { type EngineReading, readWithEngine } from './read-with-engine.js';
import { ComparisonTotals } from './report.js';
import { WEAK_MAP_TABLES_RULE } from './weak-map-tables.js';

export interface FileComparison {
  readonly reading: EngineReading;
  readonly comparison: Comparison;
}

/** Has heapstream and the engine read a file, compressed or not, and compares all that they say. */
export async function compareFile(path: string): Promise<FileComparison> {
  const bytes = await readDecompressed(path);
  const reading = await readWithEngine(bytes);
  return { reading, comparison: compareAnswers(await heapstreamAnswers(bytes), reading.answers) };
}

/** What a run over several files compared, and what it had to do for the engine. */
export class RunTotals {
  readonly #values = new ComparisonTotals();
  readonly #filesByLoadingRule = new Map<string, string[]>();
  #files = 0;
  #lostSigns = 0;
  #rewrittenNames = 0;

  add(name: string, { comparison, reading }: FileComparison): void {
    this.#files++;
    this.#values.add(comparison);
    this.#lostSigns += reading.lostSigns;
    this.#rewrittenNames += reading.rewrittenNames;
    if (reading.passedLoader === undefined) return;
    const rule = reading.passedLoader.rule.name;
    this.#filesByLoadingRule.set(rule, [...(this.#filesByLoadingRule.get(rule) ?? []), name]);
  }

  toString(): string {
    const lines = [`${this.#files} files`, String(this.#values)];
    if (this.#lostSigns > 0) {
      lines.push(`edge indexes that DevTools read without their minus sign: ${this.#lostSigns}`);
    }
    if (this.#rewrittenNames > 0) {
      lines.push(`names rewritten for DevTools by "${WEAK_MAP_TABLES_RULE}": ${this.#rewrittenNames}`);
    }
    for (const [rule, names] of this.#filesByLoadingRule) {
      lines.push(`read past DevTools' loader by "${rule}": ${names.length} (${names.join(', ')})`);
    }
    return lines.join('\n');
  }
}
