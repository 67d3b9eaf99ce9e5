import type { Finding } from '@heapstream/leaks';
import type { LeakReport } from './commands/leaks.js';
import { escapeMarkup } from './escape-markup.js';
import { factsOf, stepsOf, summaryLine } from './leaks-output.js';
import type { NumberFormat } from './number-format.js';
import { retainedIcicle } from './retained-icicle.js';

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; font-size: 1.15rem; }
table { border-collapse: collapse; margin: .5rem 0; }
td, th { padding: .15rem .8rem .15rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.level { padding: .1rem .5rem; border-radius: .3rem; color: #fff; }
.high { background: #b3261e; } .medium { background: #9a6700; } .low { background: #57606a; }
code { font-size: .9em; } svg { display: block; margin: .5rem 0; max-width: 100%; }
rect { fill: #3b78c4; } rect.rest { fill: #8884; } rect.box { fill: #7aa3d4; } rect.found { fill: #e06c61; } text { font-size: 12px; fill: currentColor; } text.inside { fill: #111; }`;

/**
 * The report as one HTML file that loads nothing: a policy forbids scripts and everything from outside, and every name of
 * the snapshots is escaped.
 */
export function leaksHtml(report: LeakReport, format: NumberFormat): string {
  const { analyses, files, findings, totalSizes } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>heapstream leaks</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Leaks</h1>
<p>${escapeMarkup(summaryLine(report))}</p>
<h2>Snapshots</h2>
${barChart(files.map((file, i) => ({ label: file, value: totalSizes[i], text: format.size(totalSizes[i]) })))}
${findings.length > 0 ? overview(findings, format) : ''}
<h2>Who retains what</h2>
<p>Each box is as wide as the share of the heap that the object retains; below it, what it alone holds. Findings are red.</p>
${retainedIcicle(analyses[analyses.length - 1], new Set(findings.map(({ id }) => id)), format)}
${findings.map((finding, i) => section(finding, i + 1, report, format)).join('\n')}
</body>
</html>
`;
}

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

const BAR_HEIGHT = 22;
const CHART_WIDTH = 760;
const LABEL_WIDTH = 320;
const TEXT_WIDTH = 90;
/** UTF-16 units of a label that fit. */
const LABEL_LENGTH = 46;

/** Bars from zero, one a row. */
function barChart(bars: readonly Bar[]): string {
  const largest = Math.max(1, ...bars.map(({ value }) => value));
  const width = CHART_WIDTH - LABEL_WIDTH - TEXT_WIDTH;
  const rows = bars.map(({ label, text, value }, i) => {
    const y = i * BAR_HEIGHT;
    const length = ((width * value) / largest).toFixed(1);
    const short = label.length > LABEL_LENGTH ? `…${label.slice(1 - LABEL_LENGTH)}` : label;
    return `<text x="0" y="${y + 15}"><title>${escapeMarkup(label)}</title>${escapeMarkup(short)}</text>
<rect x="${LABEL_WIDTH}" y="${y + 4}" width="${length}" height="14"></rect>
<text x="${LABEL_WIDTH + width + 8}" y="${y + 15}">${escapeMarkup(text)}</text>`;
  });
  const height = bars.length * BAR_HEIGHT;
  return `<svg role="img" width="${CHART_WIDTH}" height="${height}" viewBox="0 0 ${CHART_WIDTH} ${height}">${rows.join('\n')}</svg>`;
}

function overview(findings: readonly Finding[], format: NumberFormat): string {
  const grows = findings.some(({ growth }) => growth.bytes > 0);
  const bars = findings.map(({ class: name, growth, id, retainedShare }) => ({
    label: `${name} @${id}`,
    value: grows ? growth.bytes : retainedShare,
    text: grows ? format.size(growth.bytes) : `${(retainedShare * 100).toFixed(1)} %`,
  }));
  return `<h2>${grows ? 'Growth per round' : 'Share of the heap'}</h2>\n${barChart(bars)}`;
}

function section(finding: Finding, number: number, report: LeakReport, format: NumberFormat): string {
  const { class: name, confidence, explanation, fingerprint, id, kind, level, path, retainedShare } = finding;
  const facts = [...factsOf(finding, format), `confidence ${Math.round(confidence * 100)} %`];
  return `<section>
<h2>${number}. <span class="level ${level}">${level}</span> ${kind}: <code>${escapeMarkup(name)}</code> @${id}</h2>
<p>${escapeMarkup(explanation)}</p>
${report.files.length > 1 ? growthChart(id, report, format) : shareStrip(retainedShare)}
<p>${facts.map(escapeMarkup).join(' · ')}<br>fingerprint: <code>${escapeMarkup(fingerprint)}</code></p>
<table>
<tr><th>Held by</th><th>Object</th><th class="number">Id</th></tr>
${stepsOf(path).map(pathRow).join('\n')}
</table>
</section>`;
}

/** What the object retains in each snapshot. */
function growthChart(id: number, { analyses, files }: LeakReport, format: NumberFormat): string {
  const bars = analyses.map((analysis, i): Bar => {
    const ordinal = analysis.graph.ordinalOfId(id);
    if (ordinal === undefined) return { label: files[i], value: 0, text: 'not there' };
    const size = analysis.retainedSizeOf(ordinal);
    return { label: files[i], value: size, text: format.size(size) };
  });
  return `<p>Retained size in each snapshot:</p>\n${barChart(bars)}`;
}

/** How much of the heap the object retains, as a strip. */
function shareStrip(share: number): string {
  const width = Math.max(1, CHART_WIDTH * Math.min(1, share)).toFixed(1);
  return `<svg role="img" width="${CHART_WIDTH}" height="10" viewBox="0 0 ${CHART_WIDTH} 10"><title>${(share * 100).toFixed(1)} % of the heap</title><rect class="rest" width="${CHART_WIDTH}" height="10"></rect><rect width="${width}" height="10"></rect></svg>`;
}

function pathRow([edge, object, id]: readonly string[]): string {
  return `<tr><td>${escapeMarkup(edge)}</td><td>${escapeMarkup(object)}</td><td class="number">${escapeMarkup(id)}</td></tr>`;
}
