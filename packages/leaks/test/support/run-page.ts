import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSnapshot } from '@heapstream/core';
import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import { CaptureSession } from '../../../capture/src/index.js';
import { startChromium } from '../../../capture/test/support/chromium.js';

const WARM_UP_ROUNDS = 2;

/** Opens a page with a program as its script, whose `round` is global, in a Chromium that ends with the test. */
export async function openPage(file: string): Promise<CaptureSession> {
  const script = readFileSync(file, 'utf8').replace('export ', '');
  const port = await startChromium(`<!doctype html><main></main><script>\n${script}</script>`);
  const session = await CaptureSession.open({ port, target: { type: 'page' } });
  while ((await session.evaluate('typeof round')) !== 'function') await sleep(20);
  return session;
}

/** Runs rounds of such a page, and analyses a snapshot after each, with scope data where V8 has it. */
export async function runPage(file: string): Promise<HeapAnalysis[]> {
  const session = await openPage(file);
  const analyses: HeapAnalysis[] = [];
  let n = 0;
  while (n < WARM_UP_ROUNDS) await session.evaluate(`round(${n++})`);
  while (analyses.length < 3) {
    await session.evaluate(`round(${n++})`);
    analyses.push(analyzeSync(await openSnapshot(session.snapshot({ gc: true, exposeNumericValues: true }))));
  }
  await session.close();
  return analyses;
}
