// What opening and analysing a snapshot takes, beside what was estimated: node scripts/measure-memory.mjs FILE …
// Each in a process of its own; peak resident memory as the kernel counts it (Linux). Fails beyond 15 %.
import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { argv, execPath, exit, resourceUsage } from 'node:process';
import { fileURLToPath } from 'node:url';

const TOLERANCE = 0.15;
const [first, file] = argv.slice(2);
if (['--open', '--analyze', '--summary'].includes(first)) await measure(first, file);
else exit(report(argv.slice(2)) ? 0 : 1);

async function measure(what, path) {
  const { analyze, estimateAnalysisMemory, estimateMemory, openSnapshot, readSummary } = await import(
    'heapstream'
  );
  const before = process.memoryUsage().rss;
  const estimate = await estimateMemory(path);
  const { peak, summaryPeak } = estimateAnalysisMemory(estimate);
  let beside = 0;
  if (what === '--summary') {
    await readSummary(path);
    beside = summaryPeak;
  } else {
    const graph = await openSnapshot(path);
    if (what === '--analyze') {
      await analyze(graph);
      beside = peak;
    }
  }
  const needed = Math.max(estimate.opening, estimate.graph + beside);
  console.log(JSON.stringify({ estimated: before + needed, measured: resourceUsage().maxRSS * 1024 }));
}

function report(files) {
  let isClose = true;
  for (const path of files) {
    for (const what of ['--open', '--analyze', '--summary']) {
      const { stdout } = spawnSync(execPath, [fileURLToPath(import.meta.url), what, path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const { estimated, measured } = JSON.parse(String(stdout));
      const ratio = estimated / measured;
      isClose &&= Math.abs(ratio - 1) <= TOLERANCE;
      const figures = [estimated, measured].map((bytes) => `${(bytes / 1e6).toFixed(0)} MB`);
      console.log(
        `${basename(path)} ${what}: estimated ${figures[0]}, measured ${figures[1]}, ratio ${ratio.toFixed(3)}`,
      );
    }
  }
  return isClose;
}
