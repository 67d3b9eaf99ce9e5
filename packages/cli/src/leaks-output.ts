import type { Finding, FindingStep } from '@heapstream/leaks';
import type { CliIo } from './cli-io.js';
import type { LeakReport } from './commands/leaks.js';
import type { NumberFormat } from './number-format.js';
import { safeText } from './safe-text.js';
import { type TableColumn, tableText } from './text-table.js';

const COLUMNS: readonly TableColumn[] = [
  { heading: 'Held by', align: 'left', cut: 'end' },
  { heading: 'Object', align: 'left', cut: 'end' },
  { heading: 'Id', align: 'left' },
];
/** Steps of a long path that a text shows: where it starts, and where it ends. */
const FIRST_STEPS = 3;
const LAST_STEPS = 10;
const ARROW = ' → ';

export async function* leaksText(
  report: LeakReport,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  const { files, findings, totalSizes } = report;
  yield `${files.map(safeText).join(ARROW)}\n`;
  yield `total size ${totalSizes.map(format.size).join(ARROW)}\n`;
  yield `${summaryLine(report)}\n`;
  for (const [i, finding] of findings.entries()) {
    yield `\n${i + 1}. ${headingOf(finding)}\n`;
    yield `   ${safeText(finding.explanation)}\n`;
    yield `   ${factsOf(finding, format).map(safeText).join(', ')}\n`;
    yield `   fingerprint: ${safeText(finding.fingerprint)}\n`;
    if (finding.level === 'low') continue;
    yield '\n';
    yield* tableText(COLUMNS, stepsOf(finding.path), io.stdout);
  }
}

/** How many findings there are of each level. */
export function summaryLine({ acceptedCount, files, findings }: LeakReport): string {
  const what = files.length > 1 ? 'finding' : 'suspect';
  const counts = (['high', 'medium', 'low'] as const)
    .map((level) => [findings.filter((finding) => finding.level === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => `${count} ${level}`);
  const accepted = acceptedCount > 0 ? `; ${acceptedCount} accepted by the baseline` : '';
  if (findings.length === 0) return `no ${what}s${accepted}`;
  return `${findings.length} ${what}${findings.length === 1 ? '' : 's'}: ${counts.join(', ')}${accepted}`;
}

export function headingOf({ class: name, confidence, id, kind, level }: Finding): string {
  return `${level.toUpperCase()} (${Math.round(confidence * 100)} %) ${kind}: ${safeText(name)} @${id}`;
}

/** Growth, share and place of a finding, as far as they are known. */
export function factsOf({ growth, location, retainedShare }: Finding, format: NumberFormat): string[] {
  const facts = [`retains ${(retainedShare * 100).toFixed(1)} % of the heap`];
  if (growth.bytes > 0 || growth.count > 0) {
    facts.unshift(`${format.size(growth.bytes)} and ${format.count(growth.count)} objects per round`);
  }
  if (location !== null) {
    const script = location.scriptName ?? `script ${location.scriptId}`;
    facts.push(`${script}:${location.line + 1}:${location.column + 1}`);
  }
  return facts;
}

/** The edge as a program would write it, else its name and type. */
function edgeTextOf({ edge }: FindingStep): string {
  if (edge === null) return '';
  if (edge.type === 'property') return `.${edge.name}`;
  return edge.type === 'element' ? `[${edge.name}]` : `${edge.name} (${edge.type})`;
}

/** What people read in the place of the object. */
function objectTextOf({ edge, node }: FindingStep): string {
  return node.name || (edge === null ? '(root)' : node.class);
}

/** Rows of the path: what holds, what is held, its id; a long one without its middle. */
export function stepsOf(path: readonly FindingStep[]): string[][] {
  const rows = path.map((step) => [edgeTextOf(step), objectTextOf(step), `@${step.node.id}`]);
  const leftOut = rows.length - FIRST_STEPS - LAST_STEPS;
  if (leftOut <= 1) return rows;
  return [...rows.slice(0, FIRST_STEPS), [`… ${leftOut} more …`, '', ''], ...rows.slice(-LAST_STEPS)];
}

export async function* leaksMarkdown(report: LeakReport, format: NumberFormat): AsyncGenerator<string> {
  yield `# Leaks\n\n${report.files.map(markdownText).join(ARROW)}\n\n${summaryLine(report)}\n`;
  for (const [i, finding] of report.findings.entries()) {
    yield `\n## ${i + 1}. ${markdownText(headingOf(finding))}\n\n${markdownText(finding.explanation)}\n\n`;
    for (const fact of factsOf(finding, format)) yield `- ${markdownText(fact)}\n`;
    yield `- fingerprint: ${markdownText(finding.fingerprint)}\n\n| held by | object | id |\n|---|---|---|\n`;
    for (const cells of stepsOf(finding.path)) yield `| ${cells.map(markdownText).join(' | ')} |\n`;
  }
}

/** Text without effect in Markdown, in cells of tables too. */
function markdownText(text: string): string {
  return safeText(text).replace(/[\\`*_{}[\]|<>&~@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
