import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCHMARKS_FOLDER } from '../inputs.js';
import type { Results } from './results.js';

/** Writes `results/<name>.json` and `.md`, and puts the tables into the README between the marks for `<name>`. */
export function writeResults(results: Results, markdown: string): void {
  const folder = join(BENCHMARKS_FOLDER, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${results.name}.json`), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(
    join(folder, `${results.name}.md`),
    `# Results of \`${results.command}\`\n\nWritten by the run; not by hand.\n\n${markdown}`,
  );
  const readme = join(BENCHMARKS_FOLDER, 'README.md');
  writeFileSync(readme, placeBetweenMarks(readFileSync(readme, 'utf8'), results.name, markdown));
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`; throws where the marks are missing. */
export function placeBetweenMarks(text: string, name: string, content: string): string {
  const [before, after] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(before);
  const to = text.indexOf(after);
  if (from < 0 || to < from) throw new Error(`no ${before} … ${after} to put the results between`);
  return `${text.slice(0, from + before.length)}\n\n${content}\n${text.slice(to)}`;
}
