// bench-leaks [--node <binary>] [--programs array,map] [--dry-run]: what somebody reads first who asks heapstream, the
// comparison of DevTools and memlab for the leak of each program that leaks, and whether it names the culprit.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readDecompressed } from '@heapstream/conformance';
import { BENCHMARKS_FOLDER } from './inputs.js';
import { FIRST_ANSWERS } from './leaks/first-answers.js';
import { type Grade, gradeAnswer } from './leaks/grade-answer.js';
import { LEAKING_PROGRAMS, type LeakingProgram } from './leaks/leaking-programs.js';
import { installPeers } from './peers/install-peers.js';
import { PEER_NODE } from './peers/peer-folder.js';
import { placeBetweenMarks } from './report/write-results.js';

const PROGRAMS = fileURLToPath(new URL('../../packages/leaks/test/programs/', import.meta.url));
const SNAPSHOTS = 3;
/** UTF-16 units of an answer that a table shows, from its end. */
const SHOWN = 90;

interface Answer {
  readonly text: string;
  readonly grade: Grade;
}

interface Row {
  readonly program: string;
  readonly answers: Readonly<Record<string, Answer>>;
}

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: PEER_NODE },
    programs: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
});
await installPeers();
const wanted = values.programs?.split(',');
const rows: Row[] = [];
for (const program of LEAKING_PROGRAMS) {
  if (wanted !== undefined && !wanted.includes(program.name)) continue;
  console.error(program.name);
  rows.push(await ask(program));
}
const { stdout: version } = spawnSync(values.node, ['--version'], { encoding: 'utf8' });
const markdown = report();
console.log(markdown);
if (!values['dry-run'] && wanted === undefined) write();
// memlab leaves timers behind
process.exit(0);

async function ask(program: LeakingProgram): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'heapstream-bench-leaks-'));
  try {
    const snapshots = await snapshotsOf(program, folder);
    const answers: Record<string, Answer> = {};
    for (const [tool, firstAnswer] of Object.entries(FIRST_ANSWERS)) {
      const text = await firstAnswer(snapshots, folder);
      answers[tool] = { text, grade: gradeAnswer(text, program) };
    }
    return { program: program.name, answers };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Uncompressed, since only ours reads others. */
async function snapshotsOf({ files, name }: LeakingProgram, folder: string): Promise<string[]> {
  const paths = Array.from({ length: files?.length ?? SNAPSHOTS }, (_, i) =>
    join(folder, `${i}.heapsnapshot`),
  );
  if (files !== undefined) {
    for (const [i, file] of files.entries()) writeFileSync(paths[i], await readDecompressed(file));
    return paths;
  }
  const script = join(PROGRAMS, 'leaking', `${name}.mjs`);
  const args = ['--expose-gc', join(PROGRAMS, 'run-program.mjs'), script, folder, String(SNAPSHOTS)];
  const { status, stderr } = spawnSync(values.node, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return paths;
}

function report(): string {
  const tools = Object.keys(FIRST_ANSWERS);
  const count = (tool: string, grade: Grade): number =>
    rows.filter(({ answers }) => answers[tool].grade === grade).length;
  const summary = tools.map(
    (tool) =>
      `| ${tool} | ${(['culprit', 'what leaks', 'neither', 'nothing'] as const).map((grade) => count(tool, grade)).join(' | ')} |`,
  );
  const cellOf = ({ grade, text }: Answer): string =>
    text === '' ? '–' : `${grade === 'culprit' ? '**✓** ' : ''}${codeOf(text)}`;
  return [
    `${rows.length} programs, Node ${version.trim().slice(1)}, ${SNAPSHOTS} snapshots of each; of the page two.`,
    '',
    '| the first answer names | the culprit | only what leaks | neither | no answer |',
    '|---|--:|--:|--:|--:|',
    ...summary,
    '',
    'What is read first (✓: it names the culprit):',
    '',
    `| program | ${tools.join(' | ')} |`,
    `|---|${tools.map(() => '---|').join('')}`,
    ...rows.map(
      ({ answers, program }) => `| ${program} | ${tools.map((tool) => cellOf(answers[tool])).join(' | ')} |`,
    ),
    '',
  ].join('\n');
}

function codeOf(text: string): string {
  const shown = text.length > SHOWN ? `…${text.slice(-SHOWN)}` : text;
  return `\`${shown.replace(/[|`]/g, ' ')}\``;
}

function write(): void {
  const folder = join(BENCHMARKS_FOLDER, 'results');
  mkdirSync(folder, { recursive: true });
  const results = { name: 'leaks', date: new Date().toISOString(), node: version.trim(), rows };
  writeFileSync(join(folder, 'leaks.json'), `${JSON.stringify(results, null, 2)}\n`);
  const readme = join(BENCHMARKS_FOLDER, 'README.md');
  writeFileSync(readme, placeBetweenMarks(readFileSync(readme, 'utf8'), 'leaks', markdown));
}
